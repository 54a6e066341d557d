import GantryKernel
import GantryModel

// How long the parts of a pod's start take: processor work that competes with what runs on the node, then
// waiting that does not.

extension Simulation {
  /// Starts the processor work of a pod's start; what follows waits for its end.
  mutating func beginStartWork(_ index: Int) {
    let work = drawn(
      plan.control.startWork, spread: plan.control.startWorkSpread, index, .startWork)
    guard work > 0, let node = taskRuns[index].node else { return endStartWork(index) }
    taskRuns[index].startFlow = fabric.start(
      shape: prepared.taskRuns[taskRuns[index].prepared].startShape, node: node, volume: nil,
      amount: work, payload: token(index), at: now)
  }

  /// The processor work of the start is done: sandbox, network and init containers follow.
  mutating func endStartWork(_ index: Int) {
    taskRuns[index].startFlow = nil
    var wait = drawn(plan.control.sandbox, spread: plan.control.sandboxSpread, index, .sandbox)
    for number in 0..<prepared.taskRuns[taskRuns[index].prepared].initContainerCount {
      wait += drawn(
        plan.control.initContainer, spread: plan.control.initContainerSpread, index,
        .initContainer, number)
    }
    schedule(.initialised, after: wait, payload: token(index))
  }

  /// From the last image to Tekton's go-ahead for the first step.
  func containerStartTime(_ index: Int) -> Double {
    let taskRun = prepared.taskRuns[taskRuns[index].prepared]
    var wait = 0.0
    for number in 0..<taskRun.steps.count {
      wait += drawn(
        plan.control.containerStart, spread: plan.control.containerStartSpread, index,
        .containerStart, number)
    }
    guard taskRun.waitsForReady else { return wait }
    return wait + plan.control.ready + plan.control.readyJitter * draw(index, .ready, 0)
  }

  /// Stops the processor work of a start that comes to nothing.
  mutating func cancelStartWork(of index: Int) {
    guard let flow = taskRuns[index].startFlow else { return }
    taskRuns[index].startFlow = nil
    if fabric.network.isPending(flow) { _ = fabric.network.cancel(flow, at: now) }
  }
}

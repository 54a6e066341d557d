import GantryKernel
import GantryModel

// How long the parts of a pod's start take: processor work that competes with what runs on the node, then
// waiting that does not.

extension Simulation {
  /// Starts the processor work of a pod's start; what follows waits for its end.
  mutating func beginStartWork(_ index: Int) {
    let control = plan.control
    let work = drawn(control.startWork, spread: control.startWorkSpread, index, .startWork)
    guard work > 0, let node = taskRuns[index].node else { return endStartWork(index) }
    taskRuns[index].startFlow = fabric.start(
      shape: prepared.taskRuns[taskRuns[index].prepared].startShape, node: node, volume: nil,
      amount: work, payload: token(index), at: now)
  }

  /// The processor work of the start is done: sandbox, network and init containers follow.
  mutating func endStartWork(_ index: Int) {
    taskRuns[index].startFlow = nil
    let control = plan.control
    var wait = drawn(control.sandbox, spread: control.sandboxSpread, index, .sandbox)
    for number in 0..<planned(index).initContainerCount {
      wait += drawn(
        control.initContainer, spread: control.initContainerSpread, index, .initContainer, number)
    }
    schedule(.initialised, after: wait, payload: token(index))
  }

  /// From the last image to Tekton's go-ahead for the first step.
  func containerStartTime(_ index: Int) -> Double {
    let control = plan.control
    let planned = planned(index)
    var wait = 0.0
    for number in planned.steps.indices {
      wait += drawn(
        control.containerStart, spread: control.containerStartSpread, index, .containerStart,
        number)
    }
    guard planned.waitsForReady else { return wait }
    return wait + control.ready + control.readyJitter * draw(index, .ready, 0)
  }

  /// Stops the processor work of a start that comes to nothing.
  mutating func cancelStartWork(of index: Int) {
    guard let flow = taskRuns[index].startFlow else { return }
    taskRuns[index].startFlow = nil
    if fabric.network.isPending(flow) { _ = fabric.network.cancel(flow, at: now) }
  }
}

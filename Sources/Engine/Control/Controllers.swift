import GantryModel
import GantryUnits

/// The processes in which Tekton's controllers run: each looks after its share of the PipelineRuns and
/// TaskRuns, with a client and with workers of its own.
struct Controllers {
  /// A look of a controller at one object, from the event that asks for it to what the controller does.
  struct Look {
    var kind: Kind
    /// The run, or the TaskRun with its attempt (`Simulation.token`).
    var payload: UInt32
    /// When it came into the work queue.
    var came: Instant

    enum Kind {
      /// The PipelineRun controller decides what to create.
      case run
      /// The PipelineRun controller still sends what it decided.
      case writes
      /// The TaskRun's pod is made.
      case start
      /// Tekton's annotation lets the first step go.
      case goAhead
      /// The pod's end is noted in the TaskRun.
      case end

      /// Whether the PipelineRun controller takes it.
      var isOfRun: Bool { self == .run || self == .writes }
    }
  }

  /// One replica of the deployment, with both controllers.
  struct Process {
    var budget: RequestBudget
    var runs: WorkQueue<Look>
    var taskRuns: WorkQueue<Look>
  }

  var processes: [Process]
  /// Looks that workers are at, by slot, and the slots that are free.
  private var open: [(look: Look, process: Int)] = []
  private var free: [Int] = []

  init(_ control: ControlTimings) {
    let process = Process(
      budget: RequestBudget(rate: control.apiQPS, burst: control.apiBurst),
      runs: WorkQueue(workers: control.controllerThreads),
      taskRuns: WorkQueue(workers: control.controllerThreads))
    precondition(control.controllerProcesses > 0, "no process of the controllers works")
    processes = Array(repeating: process, count: control.controllerProcesses)
  }

  /// The process that looks after an object.
  ///
  /// Tekton deals objects to buckets by a hash of their names, and buckets to replicas; the hash here is
  /// another one (FNV-1a), so the shares are alike and the members are not.
  func process(of name: String) -> Int {
    guard processes.count > 1 else { return 0 }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(hash % UInt64(processes.count))
  }

  /// Brings a look to its controller; whether a worker has it now.
  mutating func add(_ look: Look, to process: Int) -> Bool {
    look.kind.isOfRun
      ? processes[process].runs.add(look) : processes[process].taskRuns.add(look)
  }

  /// The look that a worker takes after one of this kind; nil when there is none.
  mutating func next(after kind: Look.Kind, in process: Int) -> Look? {
    kind.isOfRun ? processes[process].runs.next() : processes[process].taskRuns.next()
  }

  /// Keeps a look that takes time; the slot under which it is found again.
  mutating func keep(_ look: Look, in process: Int) -> UInt32 {
    guard let slot = free.popLast() else {
      open.append((look, process))
      return UInt32(open.count - 1)
    }
    open[slot] = (look, process)
    return UInt32(slot)
  }

  /// Takes out a look that is over.
  mutating func take(_ slot: UInt32) -> (look: Look, process: Int) {
    free.append(Int(slot))
    return open[Int(slot)]
  }
}

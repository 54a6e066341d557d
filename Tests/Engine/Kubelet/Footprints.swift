import GantryEngine
import GantryModel
import GantryUnits

/// 2^20 bytes, so many times.
func mib(_ count: Double) -> Double { count * 1_048_576 }

/// A phase that takes so long, and so much.
func phase(
  _ seconds: Double, memory: Double = 0, _ changes: VolumeChange..., writing bytes: Double = 0
) -> Phase {
  var demands: [Demand] = []
  if seconds > 0 { demands.append(.fixed(seconds: seconds)) }
  if bytes > 0 { demands.append(.transfer(.init(.write, .nodeDisk, bytes: bytes))) }
  return Phase(
    label: "phase", demands: demands, footprint: Footprint(memory: memory, changes: changes))
}

/// A task of one step, or of several, with these phases.
func task(
  _ name: String, phases steps: [Phase]..., after: [Int] = [], images: [Int] = [],
  on node: String? = nil, _ change: (inout PlannedTask) -> Void = { _ in }
) -> PlannedTask {
  task(name, [] as [Demand], after: after, images: images, on: node) { task in
    task.taskRuns[0].steps = steps.enumerated().map { index, phases in
      PlannedStep(name: "\(name)-\(index)", phases: [phases, phases])
    }
    change(&task)
  }
}

extension VolumeChange {
  /// Bytes that stay in an emptyDir called `data`.
  static func data(_ kept: Double, scratch: Double = 0) -> VolumeChange {
    VolumeChange(.emptyDir("data", inMemory: false), kept: kept, scratch: scratch)
  }

  /// Bytes that stay in the container's layer.
  static func layer(_ kept: Double) -> VolumeChange { VolumeChange(.layer, kept: kept) }

  /// Bytes that stay in an emptyDir in memory.
  static func tmpfs(_ kept: Double) -> VolumeChange {
    VolumeChange(.emptyDir("fast", inMemory: true), kept: kept)
  }
}

extension PaperPlan {
  /// Adds a node whose pods may take 1000 MiB of memory until the kubelet evicts and 1100 until the
  /// kernel kills, with a disk of 100 GB, 85 of which may be used, that takes 1 GB/s.
  @discardableResult
  mutating func smallNode(_ name: String = "node", mebibytes: Double = 1000) -> Int {
    node(name) { node in
      node.memory = Bytes(10_000_000_000)
      node.allocatable["memory"] = Quantity(Int64(mib(mebibytes)))
      node.rootVolume.size = Bytes(100_000_000_000)
      node.rootVolume.throughput = BytesPerSecond(1e9)
    }
  }
}

extension Outcome {
  /// What the nodes did, as `<second> <kind> <task>`.
  var story: [String] {
    nodeEvents.map { event in
      let task = event.run.flatMap { run in
        event.taskRun.map { runs[run].taskRuns[$0].pipelineTask }
      }
      return ["\(event.time.nanoseconds / 1_000_000_000)", event.kind.rawValue, task]
        .compactMap(\.self).joined(separator: " ")
    }
  }
}

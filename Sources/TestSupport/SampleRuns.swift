public import GantryModel

/// Invented records that look like real ones, for the tests of stages that only read records.
public enum Samples {
  /// A stretch of a TaskRun in a sample: kind, seconds, what happened, assumptions.
  public struct Stretch: Sendable {
    var kind: TimeKind
    var seconds: Double
    var label: String
    var assumptions: [String]

    /// Makes a stretch.
    public init(
      _ kind: TimeKind, _ seconds: Double, _ label: String, _ assumptions: [String] = []
    ) {
      self.kind = kind
      self.seconds = seconds
      self.label = label
      self.assumptions = assumptions
    }
  }

  /// A TaskRun of given stretches, one after the other from `ready`; queue and volume at its
  /// start are its wait.
  public static func task(
    _ name: String, on node: NodeRecord?, ready: Double, run: String = "run",
    _ stretches: [Stretch]
  ) -> TaskRunRecord {
    var segments: [SegmentRecord] = []
    var breakdown: [TimeKind: Double] = [:]
    for kind in TimeKind.allCases { breakdown[kind] = 0 }
    var now = ready
    for stretch in stretches {
      segments.append(
        SegmentRecord(
          kind: stretch.kind, startSeconds: now, endSeconds: now + stretch.seconds,
          label: stretch.label))
      breakdown[stretch.kind, default: 0] += stretch.seconds
      now += stretch.seconds
    }
    let waiting = segments.prefix { $0.kind == .queue || $0.kind == .volume }
    let wait = (waiting.last?.endSeconds ?? ready) - ready
    let work = segments.filter { [.cpu, .read, .write].contains($0.kind) }
    let steps =
      work.isEmpty
      ? []
      : [
        StepRecord(
          name: "main", startSeconds: work[0].startSeconds,
          endSeconds: work[work.count - 1].endSeconds, failed: false)
      ]
    return TaskRunRecord(
      name: "\(run)-\(name)", pipelineTask: name, status: .succeeded, reason: "Succeeded",
      message: "All Steps have completed executing", node: node?.name,
      instanceType: node?.instanceType, architecture: node?.architecture, readySeconds: ready,
      startSeconds: stretches.isEmpty ? ready : ready + 0.25, completionSeconds: now,
      waitSeconds: wait, attempts: 1, breakdown: breakdown, steps: steps, segments: segments)
  }

  /// The article's kind of run: clone, a build per architecture, a manifest; `pace` stretches it.
  public static func run(
    _ name: String, pipeline: String = "htop", at created: Double = 0, pace: Double = 1,
    wait: Double = 0, nodes: [NodeRecord] = Samples.nodes
  ) -> RunRecord {
    let amd = nodes.first { $0.architecture == .amd64 }
    let arm = nodes.first { $0.architecture == .arm64 }
    let clone = task(
      "git-clone", on: arm, ready: created + 0.5, run: name,
      [
        Stretch(.queue, 0.5 + wait, "controller and scheduler"),
        Stretch(.volume, 2, "EFS access point", ["efs.access-point"]),
        Stretch(.image, 4.5, "pull git-init", ["quay.pull.rate"]),
        Stretch(.overhead, 2.25, "pod start", ["pod.start"]),
        Stretch(.read, 3.5 * pace, "clone from github.com"),
        Stretch(.write, 1.25, "work tree to EFS"),
      ])
    let builds = [(amd, "build-amd64", 1.0), (arm, "build-arm64", 0.9)].map { node, task, scale in
      Samples.task(
        task, on: node, ready: clone.completionSeconds ?? 0, run: name,
        build(pace: pace * scale, wait: wait))
    }
    let ready = builds.compactMap(\.completionSeconds).max() ?? 0
    let manifest = task(
      "manifest", on: amd, ready: ready, run: name,
      [
        Stretch(.queue, 0.5, "controller and scheduler"),
        Stretch(.overhead, 2, "pod start", ["pod.start"]),
        Stretch(.cpu, 1.5, "buildah manifest add"),
        Stretch(.write, 2.25, "push the manifest to quay.io", ["quay.push.rate"]),
      ])
    let end = (manifest.completionSeconds ?? 0) + 0.25
    return RunRecord(
      name: name, pipeline: pipeline, status: .succeeded, reason: "Succeeded",
      message: "Tasks Completed: 4 (Failed: 0, Cancelled 0), Skipped: 0", createdSeconds: created,
      completionSeconds: end, cost: Cost.RunCost(usedUSD: 0, idleShareUSD: 0),
      taskRuns: [clone] + builds + [manifest],
      skippedTasks: [],
      criticalPath: path(created: created, end: end, through: [clone, builds[0], manifest]))
  }

  private static func build(pace: Double, wait: Double) -> [Stretch] {
    [
      Stretch(.queue, 0.5 + wait * 2, "controller and scheduler"),
      Stretch(.volume, 1.5, "mount EFS"),
      Stretch(.image, 11, "pull buildah", ["quay.pull.rate"]),
      Stretch(.overhead, 2.25, "pod start", ["pod.start"]),
      Stretch(.read, 6 * pace, "pull fedora:39", ["quay.pull.rate"]),
      Stretch(.cpu, 22 * pace, "dnf install: resolve and unpack"),
      Stretch(.write, 9 * pace, "vfs: copy the layers", ["vfs.copy.rate"]),
      Stretch(.cpu, 75 * pace, "make htop"),
      Stretch(.cpu, 6 * pace, "compress layers"),
      Stretch(.write, 7.5, "push to quay.io", ["quay.push.rate"]),
      Stretch(.overhead, 0.5, "completion"),
    ]
  }

  /// A gapless critical path through tasks, the run's controller before, between and after them.
  static func path(
    created: Double, end: Double, through tasks: [TaskRunRecord]
  ) -> [PathRecord] {
    var path: [PathRecord] = []
    var now = created
    func fill(to next: Double) {
      if next > now {
        path.append(
          PathRecord(
            pipelineTask: nil,
            segment: SegmentRecord(
              kind: .queue, startSeconds: now, endSeconds: next, label: "pipeline controller"),
            assumptions: ["controller.latency"]))
      }
      now = next
    }
    for task in tasks {
      fill(to: task.readySeconds)
      for segment in task.segments {
        let guessed = segment.kind == .image || segment.label.contains("quay.io")
        path.append(
          PathRecord(
            pipelineTask: task.pipelineTask, segment: segment,
            assumptions: guessed ? ["quay.rate", "nat.rate"] : []))
        now = segment.endSeconds
      }
    }
    fill(to: end)
    return path
  }
}

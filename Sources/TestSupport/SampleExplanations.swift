public import GantryModel
import GantryUnits

extension Samples {
  /// An invented explanation of the article's kind of run, with a wait, ties, skips and levers.
  public static func explanation() -> ExplanationRecord {
    let run = Samples.run("htop-run", wait: 12)
    var explained = RunExplanation(
      run: run,
      taskRuns: run.taskRuns.indices.map { story(of: $0, in: run) },
      assistants: [
        AssistantStory(
          run: 0, claims: ["files"], scheduling: [placed(at: 0.5, on: "worker-arm64-a")])
      ],
      skips: [
        SkipStory(
          run: 0, task: "notify", reason: "When Expressions evaluated to false",
          facts: [
            .condition(
              "\"main\" in [\"release\", \"hotfix\"]",
              SourceLocation(file: "pipeline.yaml", line: 42, column: 9))
          ]),
        SkipStory(
          run: 0, task: "report", reason: "Parent Tasks were skipped", facts: [.parent("notify")]),
      ])
    explained.levers = levers
    explained.results = [
      RunResult(name: "image-url", state: .given(.string("quay.io/example/htop:latest"))),
      RunResult(name: "image-digest", state: .given(nil)),
      RunResult(name: "sbom", state: .lacking(task: "report")),
    ]
    return ExplanationRecord(
      record: record(runs: [run, Samples.run("htop-run-2")]), replication: 0, runs: [explained],
      otherRuns: 1)
  }

  /// Effects of every sign.
  private static let levers: [LeverEffect] = [
    effect("cpu.amd64", "processors of pool amd64", "twice as fast", 51.5),
    effect("images", "images of the steps", "on the nodes already", 15.5),
    effect("service.quay.io", "connections to quay.io", "twice as fast", 10.75),
    effect("fileSystem.efs.latency", "operations of file system efs", "half the latency", 0),
    effect("nodes.arm64", "nodes of pool arm64", "one more", -1.25),
  ]

  private static func effect(
    _ id: String, _ resource: String, _ change: String, _ saved: Double
  ) -> LeverEffect {
    LeverEffect(
      id: id, resource: resource, change: change, status: .succeeded,
      durationSeconds: 200 - saved, savedSeconds: saved,
      criticalTasks: ["git-clone", id == "cpu.amd64" ? "build-arm64" : "build-amd64", "manifest"])
  }

  private static func story(of index: Int, in run: RunRecord) -> TaskRunStory {
    let record = run.taskRuns[index]
    var pod = PodStory()
    let ready = Instant.seconds(record.readySeconds)
    pod.controller = .init(
      from: ready, reaction: .seconds(0.3), limited: .seconds(index == 1 ? 0.6 : 0),
      requestsPerSecond: 20, burst: 20, workers: 2)
    if index == 1 { pod.controller?.queued = .seconds(1.2) }
    let node = record.node ?? ""
    pod.scheduling =
      index == 1
      ? waiting(from: record.readySeconds + 0.5, until: record.readySeconds + 24.5, node)
      : [placed(at: record.readySeconds + 0.5, on: node)]
    if index == 0 {
      pod.claims = .init(claims: ["files"], from: ready)
      pod.claims?.until = ready + .seconds(2)
    }
    if index == 1 { pod.volumes = [heldVolume(from: ready)] }
    pod.images = [image(of: record, isCached: index == 3)]
    if let step = record.steps.first {
      pod.phases = [
        .init(
          step: "main", label: "make htop", start: .seconds(step.startSeconds),
          end: .seconds(step.endSeconds),
          limits: [
            LimitShare(limit: Limit(.processors, node), span: .seconds(60), others: 2),
            LimitShare(
              limit: Limit(.ownThreads, node, threads: 1), span: .seconds(15.5), others: 0),
          ])
      ]
    }
    var story = TaskRunStory(run: 0, taskRun: index)
    story.attempts = [pod]
    return story
  }

  /// An attempt that found a node.
  private static func placed(at seconds: Double, on node: String) -> SchedulingAttempt {
    var look = SchedulingAttempt(
      time: .seconds(seconds), cause: .created, parked: .zero, backoff: .zero, nodeCount: 3)
    let other = node == "worker-amd64-a" ? "master-0" : "worker-amd64-a"
    look.refusals = [
      .init(
        node: node == "worker-arm64-a" ? "master-0" : "worker-arm64-a", filter: "NodeAffinity",
        status: "UnschedulableAndUnresolvable",
        reasons: ["node(s) didn't match Pod's node affinity/selector"])
    ]
    look.plugins = ["TaintToleration", "NodeResourcesFit", "NodeResourcesBalancedAllocation"]
    look.scores = [
      .init(node: node, scores: [300, 91, 99], total: 490),
      .init(node: other, scores: [300, 69, 98], total: 467),
    ]
    look.best = [node]
    look.chosen = node
    return look
  }

  /// Attempts in vain, alike, and the one that found a node.
  private static func waiting(
    from start: Double, until end: Double, _ node: String
  ) -> [SchedulingAttempt] {
    var looks: [SchedulingAttempt] = []
    for number in 0..<4 {
      let cause: SchedulingAttempt.Cause =
        number == 0 ? .created : .podEnded("nodejs-run-build-\(number)")
      var look = SchedulingAttempt(
        time: .seconds(start + 5 * Double(number)), cause: cause,
        parked: .seconds(number == 0 ? 0 : 4), backoff: .seconds(number == 0 ? 0 : 1),
        nodeCount: 3)
      look.refusals = ["worker-amd64-a", "worker-arm64-a", "master-0"].map {
        .init(
          node: $0, filter: "NodeResourcesFit", status: "Unschedulable",
          reasons: ["Insufficient cpu"])
      }
      look.message = "0/3 nodes are available: 3 Insufficient cpu."
      looks.append(look)
    }
    var last = placed(at: end, on: node)
    last.cause = .podEnded("nodejs-run-manifest")
    last.parked = .seconds(8)
    last.backoff = .seconds(1)
    return looks + [last]
  }

  private static func heldVolume(from start: Instant) -> PodStory.VolumeWait {
    var wait = PodStory.VolumeWait(claim: "files", position: 0, from: start)
    wait.heldBy = ["git-clone"]
    wait.holder = "worker-arm64-a"
    wait.free = start + .seconds(2)
    wait.until = start + .seconds(27.5)
    wait.actions = [
      .init("detached from worker-arm64-a", .seconds(10)), .init("attached", .seconds(13.5)),
      .init("mounted", .seconds(2)),
    ]
    return wait
  }

  private static func image(of record: TaskRunRecord, isCached: Bool) -> PodStory.ImageWait {
    let pull = record.segments.first { $0.kind == .image }
    let start = Instant.seconds(pull?.startSeconds ?? record.readySeconds)
    var wait = PodStory.ImageWait(
      image: "registry.redhat.io/rhel8/buildah:8.9", bytes: 1.9e8, from: start)
    if isCached {
      wait.until = start
      return wait
    }
    wait.until = pull.map { .seconds($0.endSeconds) }
    wait.pullStarted = start + .seconds(2)
    wait.behind = ["quay.io/example/git-init:1"]
    wait.sharedWith = ["nodejs-run-build-amd64"]
    wait.limits = [
      LimitShare(limit: Limit(.connection, "registry.redhat.io"), span: .seconds(9), others: 0)
    ]
    return wait
  }
}

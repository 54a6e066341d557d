import GantryCloud
import GantryCompiler
import GantryModel
import GantryUnits

/// Access points of a file system and volumes of a node that the workload would use up.
struct VolumeLimitRule: CheckRule {
  static let accessPoints = FindingKind(
    "W0721", "the workload uses up the file system's access points",
    "Every claim is an access point that stays until its PipelineRun object is deleted; at the limit "
      + "new claims stay Pending.",
    remedy: "delete finished runs sooner (pruner), or spread the claims over several file systems")
  static let attachments = FindingKind(
    "W0722", "the workload attaches more volumes to a node than it can hold",
    "An instance takes a limited number of EBS volumes, which it shares with its root volume and "
      + "network interfaces; further pods stay Pending.",
    remedy: "use more nodes, larger types, or a class of efs.csi.aws.com")

  static let kinds = [accessPoints, attachments]

  /// How long run objects are kept where nobody says: for this rule, a month of 730 hours.
  private static let keptForMonth = 730.0 * 3600

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    accessPointFindings(subject) + attachmentFindings(subject)
  }

  // MARK: Access points

  private func accessPointFindings(_ subject: CheckSubject) -> [Diagnostic] {
    let limit = accessPointLimit(subject)
    return subject.plan.fileSystems.indices.compactMap { system in
      let kept = subject.compilation.services.claimRetention ?? Self.keptForMonth
      let count = subject.plan.workload.reduce(0.0) { sum, stream in
        let claims = subject.plan.templates[stream.template].claims.count {
          $0.isPerRun && $0.backing == .fileSystem(system)
        }
        return sum + Double(claims) * stream.runs(within: kept)
      }
      guard count > limit else { return nil }
      let first = subject.runs.indices.first { run in
        subject.plan.templates[run].claims.contains { $0.backing == .fileSystem(system) }
      }
      return Self.accessPoints.finding(
        "the workload keeps about \(Int(count.rounded())) claims on the file system "
          + "'\(subject.plan.fileSystems[system].name)', whose limit is \(Int(limit)) access points",
        at: first.map { subject.runs[$0].location })
    }
  }

  private func accessPointLimit(_ subject: CheckSubject) -> Double {
    let figure = try? subject.catalog.figure(
      service: "efs", item: "all", metric: "access_points_per_fs",
      region: subject.compilation.region)
    return figure?.value ?? .infinity
  }

  // MARK: Attachments

  private func attachmentFindings(_ subject: CheckSubject) -> [Diagnostic] {
    guard let outcomes = subject.trial.unlimited else { return [] }
    return subject.plan.nodes.indices.compactMap { node in
      guard let room = subject.plan.nodes[node].volumeSlots else { return nil }
      let peak = peakAttachments(to: node, outcomes, subject.plan)
      guard peak > room else { return nil }
      return Self.attachments.finding(
        "at the workload's peak \(peak) block volumes are in use on node "
          + "'\(subject.plan.nodes[node].name)', which can attach \(room)", at: nil)
    }
  }

  private func peakAttachments(to node: Int, _ outcomes: [RunOutcome], _ plan: Plan) -> Int {
    var changes: [(time: Instant, change: Int)] = []
    for run in outcomes {
      for claim in plan.templates[run.template].claims.indices {
        guard case .block = plan.templates[run.template].claims[claim].backing else { continue }
        let users = run.taskRuns.filter { taskRun in
          taskRun.node == node
            && plan.templates[run.template].tasks[taskRun.task].taskRuns
              .contains { $0.claims.contains(claim) }
        }
        guard let start = users.compactMap(\.scheduled).min(),
          let end = users.compactMap(\.completed).max()
        else { continue }
        changes += [(start, 1), (end, -1)]
      }
    }
    var now = 0
    var peak = 0
    for each in changes.sorted(by: { ($0.time, $0.change) < ($1.time, $1.change) }) {
      now += each.change
      peak = max(peak, now)
    }
    return peak
  }
}

extension ArrivalStream {
  /// How many of the stream's runs are created within so many seconds.
  func runs(within seconds: Double) -> Double {
    switch process {
    case .burst(let count): Double(count)
    case .every(let interval, let count):
      min(Double(count), (seconds / max(interval, 1e-9)).rounded(.down) + 1)
    case .poisson(let rate, let count): min(Double(count), rate * seconds / 3600)
    case .times(let times): Double(times.count)
    }
  }
}

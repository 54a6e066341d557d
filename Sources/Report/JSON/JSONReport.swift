public import GantryModel
internal import GantryStatistics

/// A record as JSON; `GantryReport.docc/JSON.md` says what every key means.
///
/// The same record gives the same bytes: keys stand in a fixed order, numbers are the shortest
/// that read back equal, absent values are null and nothing depends on the locale or the clock.
public struct JSONReport: Sendable {
  /// Raised when a key changes its meaning or goes away; new keys do not raise it.
  public static let schemaVersion = 1

  /// Whether `createdAt` is written, which makes output differ from run to run.
  public var includesCreationTime: Bool
  /// Whether the canonical inputs are written, as a text that holds JSON.
  public var includesInputs: Bool

  /// Makes a report.
  public init(includesCreationTime: Bool = false, includesInputs: Bool = false) {
    self.includesCreationTime = includesCreationTime
    self.includesInputs = includesInputs
  }

  /// One record as a JSON object.
  public func render(_ record: SimulationRecord) -> String { value(of: record).prettyText }

  /// Several records as a JSON array.
  public func render(_ records: [SimulationRecord]) -> String {
    JSONValue.array(records.map(value)).prettyText
  }

  func value(of record: SimulationRecord) -> JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ name: String, _ value: JSONValue) { members.append(.init(name: name, value: value)) }
    add("schemaVersion", .count(Self.schemaVersion))
    add("scenario", .string(record.scenario))
    add("label", .text(record.label))
    if includesCreationTime { add("createdAt", .string(record.createdAt)) }
    add("seed", .unsigned(record.seed))
    add("replicationCount", .count(record.replicationCount))
    add("region", .string(record.region))
    add("programVersion", .string(record.programVersion))
    add("catalogVersion", .string(record.catalogVersion))
    add("inputHash", .string(record.inputHash))
    if includesInputs { add("inputs", .string(record.inputs)) }
    add(
      "cluster",
      .members([
        "origin": .string(record.clusterOrigin), "nodes": .array(record.nodes.map(Self.node)),
      ]))
    add("nodeEvents", .array(record.nodeEvents.map(Self.nodeEvent)))
    add("makespanSeconds", .seconds(record.makespanSeconds))
    add("succeeded", .bool(record.allSucceeded))
    add("pipelineRuns", .array(record.runs.map(Self.run)))
    add("tally", record.tally.map(Self.tally) ?? .null)
    add("cost", Self.cost(record.cost))
    add("assumptions", .array(record.assumptions.map(Self.assumption)))
    add("diagnostics", .array(record.diagnostics.map(Self.diagnostic)))
    add("replications", .array(record.replications.map(Self.replication)))
    add("estimates", Self.estimates(ReplicationEstimates(record.replications)))
    return .object(members)
  }

  private static func node(_ node: NodeRecord) -> JSONValue {
    .members([
      "name": .string(node.name), "pool": .string(node.pool),
      "instanceType": .string(node.instanceType),
      "architecture": .string(node.architecture.rawValue), "zone": .string(node.zone),
      "isControlPlane": .bool(node.isControlPlane), "vcpu": .count(node.vcpu),
      "memoryGiB": .number(node.memoryGiB), "cpuUtilisation": .number(node.cpuUtilisation),
      "peakPods": .count(node.peakPods), "bytesIn": .number(node.bytesIn),
      "bytesOut": .number(node.bytesOut), "imageBytes": .number(node.imageBytes),
      "peakMemoryBytes": .number(node.peakMemoryBytes),
      "peakDiskBytes": .number(node.peakDiskBytes), "diskBytes": .number(node.diskBytes),
    ])
  }

  private static func nodeEvent(_ event: NodeEventRecord) -> JSONValue {
    .members([
      "kind": .string(event.kind.rawValue), "resource": .string(event.resource.rawValue),
      "node": .string(event.node), "seconds": .seconds(event.seconds),
      "pipelineRun": .text(event.pipelineRun), "taskRun": .text(event.taskRun),
      "usedBytes": .number(event.usedBytes), "limitBytes": .number(event.limitBytes),
      "message": .string(event.message),
    ])
  }

  private static func cost(_ cost: Cost) -> JSONValue {
    .members([
      "totalUSD": .number(cost.totalUSD), "monthlyUSD": .number(cost.monthlyUSD),
      "lines": .array(cost.lines.map(line)), "monthlyLines": .array(cost.monthlyLines.map(line)),
    ])
  }

  private static func line(_ line: CostLine) -> JSONValue {
    .members([
      "service": .string(line.service), "item": .string(line.item),
      "quantity": .number(line.quantity), "unit": .string(line.unit),
      "rateUSD": .number(line.rateUSD), "amountUSD": .number(line.amountUSD),
      "isFixed": .bool(line.isFixed), "source": .string(line.source),
    ])
  }

  private static func assumption(_ use: AssumptionUse) -> JSONValue {
    .members([
      "id": .string(use.assumption.id), "text": .string(use.assumption.text),
      "value": .number(use.assumption.value), "unit": .string(use.assumption.unit),
      "confidence": .string(use.assumption.confidence.rawValue),
      "source": .string(use.assumption.source),
      "criticalPathSeconds": .seconds(use.criticalPathSeconds),
      "criticalPathShare": .number(use.criticalPathShare),
    ])
  }

  static func diagnostic(_ finding: Diagnostic) -> JSONValue {
    .object(diagnosticMembers(finding))
  }

  static func diagnosticMembers(_ finding: Diagnostic) -> [JSONValue.Member] {
    JSONValue.list([
      "severity": .string(finding.severity.rawValue), "code": .string(finding.code),
      "message": .string(finding.message), "file": .text(finding.location?.file),
      "line": .count(finding.location?.line), "column": .count(finding.location?.column),
      "suggestion": .text(finding.suggestion),
      "notes": .array(
        finding.notes.map { note in
          .members([
            "message": .string(note.message), "file": .text(note.location?.file),
            "line": .count(note.location?.line), "column": .count(note.location?.column),
          ])
        }),
    ])
  }

  private static func estimates(_ all: ReplicationEstimates) -> JSONValue {
    .members([
      "meanRunSeconds": SweepReport.value(all.mean),
      "p50RunSeconds": SweepReport.value(all.time(at: .p50)),
      "p95RunSeconds": SweepReport.value(all.time(at: .p95)),
      "p99RunSeconds": SweepReport.value(all.time(at: .p99)),
      "makespanSeconds": SweepReport.value(all.makespan),
      "totalUSD": SweepReport.value(all.totalUSD),
    ])
  }

  private static func replication(_ one: ReplicationSummary) -> JSONValue {
    .members([
      "replication": .count(one.replication), "makespanSeconds": .seconds(one.makespanSeconds),
      "meanRunSeconds": .seconds(one.meanRunSeconds),
      "p95RunSeconds": .seconds(one.p95RunSeconds), "failedRuns": .count(one.failedRuns),
      "totalUSD": .number(one.totalUSD),
    ])
  }
}

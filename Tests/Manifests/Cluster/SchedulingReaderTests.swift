import GantryModel
import GantryUnits
import Testing

@testable import GantryManifests

@Suite("scheduling nouns")
struct SchedulingReaderTests {
  private func read<T>(
    _ text: String, _ reader: (YAMLNode, String, DiagnosticSink) -> T?
  ) throws -> (value: T?, codes: [String]) {
    let sink = DiagnosticSink()
    let node = try #require(YAMLLoader.load(text, file: "f", sink: sink).first)
    return (reader(node, "x", sink), sink.diagnostics.map(\.code))
  }

  @Test("an affinity with all of its parts")
  func affinity() throws {
    let text = """
      nodeAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
          nodeSelectorTerms:
          - matchExpressions: [{key: a, operator: In, values: [b, c]}, {key: size, operator: Gt, values: ["5"]}]
            matchFields: [{key: metadata.name, operator: NotIn, values: [x]}]
        preferredDuringSchedulingIgnoredDuringExecution:
        - {weight: 5, preference: {matchExpressions: [{key: z, operator: Exists}]}}
      podAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
        - {topologyKey: zone, labelSelector: {matchLabels: {app: a}}, namespaces: [n1], namespaceSelector: {}}
      podAntiAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm: {topologyKey: host, labelSelector: {matchExpressions: [{key: k, operator: DoesNotExist}]}}
      """
    let result = try read(text, readAffinity)
    #expect(result.codes == [])
    let affinity = try #require(result.value)
    let term = try #require(affinity.nodeAffinity?.required?.first)
    #expect(term.matchExpressions.map(\.values) == [["b", "c"], ["5"]])
    #expect(term.matchExpressions.last?.operator == .greaterThan)
    #expect(term.matchFields.first?.operator == .notIn)
    #expect(affinity.nodeAffinity?.preferred.map(\.weight) == [5])
    let pod = try #require(affinity.podAffinity?.required.first)
    #expect(pod.labelSelector?.matchLabels == ["app": "a"])
    #expect(pod.namespaceSelector != nil)
    #expect(affinity.podAntiAffinity?.preferred.first?.weight == 100)
  }

  @Test(
    "affinities that the API refuses",
    arguments: [
      ("nodeAffinty: {}", "E0012"),
      ("nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}", "E0013"),
      (
        "nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 0, preference: {}}]}",
        "E0027"
      ),
      (
        "nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{preference: {}}]}",
        "E0013"
      ),
      (
        "podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}}]}",
        "E0013"
      ),
      (
        "podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, labelSelector: {matchLabel: {}}}]}",
        "E0012"
      ),
    ])
  func badAffinity(text: String, code: String) throws {
    #expect(try read(text, readAffinity).codes == [code])
  }

  @Test(
    "selector operators and their values",
    arguments: [
      ("{key: a, operator: In}", "E0025"), ("{key: a, operator: Exists, values: [x]}", "E0025"),
      ("{key: a, operator: Gt, values: [x]}", "E0025"),
      ("{key: a, operator: Gt, values: ['1', '2']}", "E0025"),
      ("{key: a, operator: Inn, values: [x]}", "E0022"), ("{operator: Exists}", "E0013"),
      ("{key: a}", "E0013"), ("{key: a, operator: In, values: [1]}", "E0011"),
    ])
  func requirements(text: String, code: String) throws {
    let codes = try read(text) { node, path, sink -> NodeSelectorRequirement? in
      ObjectReader(node, path: path, sink: sink).flatMap { reader in
        readRequirement(reader, as: NodeSelectorRequirement.Operator.self, sink: sink) {
          NodeSelectorRequirement(key: $0, operator: $1, values: $2)
        }
      }
    }.codes
    #expect(codes.first == code)
  }

  @Test(
    "tolerations",
    arguments: [
      ("{}", ["E0024"]), ("{operator: Exists}", []), ("{key: a, value: b, effect: NoSchedule}", []),
      ("{key: a, operator: Exists, value: b}", ["E0024"]), ("{key: a, effect: ''}", []),
      ("{key: a, tolerationSeconds: 5}", ["E0024"]),
      ("{key: a, tolerationSeconds: 5, effect: NoExecute}", []),
      ("{key: a, effect: NoExec}", ["E0022"]), ("{key: a, operator: exists}", ["E0022"]),
      ("{keey: a, operator: Exists}", ["E0012"]),
    ])
  func tolerations(text: String, codes: [String]) throws {
    #expect(try read(text, readToleration).codes == codes)
  }

  @Test("resources with numbers and texts; a request above its limit is refused")
  func resources() throws {
    let good = try read(
      "{requests: {cpu: 0.5, memory: 1e9}, limits: {cpu: '2'}}", readResourceRequirements)
    #expect(good.codes == [])
    #expect(good.value?.requests["cpu"]?.milli == 500)
    #expect(good.value?.requests["memory"]?.value == 1_000_000_000)
    #expect(
      try read("{requests: {cpu: 2}, limits: {cpu: 1}}", readResourceRequirements).codes == [
        "E0023"
      ])
    #expect(try read("{requests: {cpu: 1 core}}", readResourceRequirements).codes == ["E0020"])
    #expect(try read("{request: {cpu: 1}}", readResourceRequirements).codes == ["E0012"])
  }

  @Test(
    "topology spread constraints",
    arguments: [
      (
        "{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}, minDomains: 2, matchLabelKeys: [a], nodeAffinityPolicy: Ignore, nodeTaintsPolicy: Honor}",
        []
      ),
      ("{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}", ["E0026"]),
      ("{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}", ["E0013"]),
      ("{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Never}", ["E0022"]),
    ])
  func spread(text: String, codes: [String]) throws {
    #expect(try read(text, readTopologySpreadConstraint).codes == codes)
  }
}

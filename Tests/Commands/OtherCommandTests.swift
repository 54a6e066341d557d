import Foundation
import Testing

@Suite("check, scenario, schema and catalog")
struct OtherCommandTests {
  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  @Test("check says what it found and names the cluster, without simulating")
  func check() throws {
    let gantry = try program()
    let result = try gantry("check", ".")
    #expect(result.status == 0)
    #expect(result.output.contains("valid: "))
    #expect(result.output.contains("1 task, 1 pipeline, 1 PipelineRun"))
    #expect(result.output.contains("runs: naps-run"))
    #expect(!FileManager.default.fileExists(atPath: gantry.store))
  }

  @Test("check lists what does not matter as skipped")
  func skipped() throws {
    let gantry = try program()
    let path = try gantry.write(
      "more.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: builder}\n")
    let result = try gantry("check", "naps.yaml", path)
    #expect(result.output.contains("skipped: ServiceAccount 'builder'"))
  }

  @Test("scenario show prints a scenario that gives the same result")
  func show() throws {
    let gantry = try program()
    let shown = try gantry("scenario", "show", ".", "--set", "nodes.arm64.count=2")
    #expect(shown.status == 0)
    #expect(shown.output.contains("region: eu-west-3"))
    let path = try gantry.write("scenario-shown.yaml", shown.output)
    let again = try gantry("scenario", "show", path)
    #expect(withoutMarks(again.output) == withoutMarks(shown.output), "\(again.errors)")
    let first = try JSON(
      try gantry(
        "simulate", ".", "--set", "nodes.arm64.count=2", "--format", "json", "--no-store"
      ).output)
    let second = try gantry("simulate", path, "--format", "json", "--no-store")
    #expect(second.status == 0, "\(second.errors)")
    let report = try JSON(second.output)
    #expect(report["makespanSeconds"].number == first["makespanSeconds"].number)
    #expect(report["cost"]["monthlyUSD"].number == first["cost"]["monthlyUSD"].number)
    #expect(report["inputHash"].text == first["inputHash"].text)
  }

  @Test("scenario show and check say which Tekton's rules apply")
  func tektonVersion() throws {
    let gantry = try program()
    let usual = try gantry("scenario", "show", ".")
    #expect(usual.output.contains("tektonVersion: \"1.15\"  # default"), "\(usual.output)")
    let chosen = try gantry("scenario", "show", ".", "--set", "openshiftPipelinesVersion=1.14")
    #expect(chosen.output.contains("openshiftPipelinesVersion: \"1.14\"\n"), "\(chosen.output)")
    #expect(chosen.output.contains("tektonVersion: \"0.59\"  # default"), "\(chosen.output)")
    let checked = try gantry("check", ".", "--set", "openshiftPipelinesVersion=1.14")
    let told = checked.output + checked.errors
    #expect(checked.status == 0)
    #expect(told.contains("[N0424]"), "\(told)")
    #expect(told.contains("OpenShift Pipelines 1.14 ships Tekton 0.56"), "\(told)")
    let contradiction = try gantry(
      "check", ".", "--set", "openshiftPipelinesVersion=1.14", "--set", "tektonVersion=1.15")
    #expect(contradiction.status == 65)
    #expect(contradiction.errors.contains("--set:1:27: error: "), "\(contradiction.errors)")
  }

  @Test(
    "what cannot be simulated is named with its place, and --assume goes on",
    arguments: [
      ("taskRef: {resolver: git, params: [{name: url, value: u}]}", "remote resolver 'git'"),
      ("taskRef: {resolver: bundles, params: [{name: bundle, value: b}]}", "resolver 'bundles'"),
      ("taskRef: {apiVersion: example.dev/v1, kind: Wait}", "custom task (example.dev/v1/Wait)"),
      ("taskSpec: {apiVersion: example.dev/v1, kind: Wait, spec: {a: 1}}", "kind 'Wait'"),
    ])
  func assume(task: String, named: String) throws {
    let gantry = try program()
    let path = try gantry.write(
      "far.yaml",
      """
      apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata: {name: far}
      spec:
        pipelineSpec:
          tasks:
          - name: away
            \(task)
          - name: here
            runAfter: [away]
            taskSpec: {steps: [{name: s, image: busybox, script: "sleep 1"}]}
      """)
    for command in ["check", "simulate"] {
      let refused = try gantry(command, path)
      #expect(refused.status == 65)
      #expect(refused.errors.contains("far.yaml:8:"), "\(refused.errors)")
      #expect(refused.errors.contains(named), "\(refused.errors)")
      #expect(refused.errors.contains("--assume away=10m"), "\(refused.errors)")
      #expect(!refused.output.contains("USD"))
    }
    let played = try gantry(
      "simulate", path, "--assume", "away=3m", "--format", "json", "--no-store")
    #expect(played.status == 0, "\(played.errors)")
    // The assumed time alone is 180 s; the other task sleeps one second more.
    #expect((try JSON(played.output)["makespanSeconds"].number ?? 0) > 181)
  }

  /// A scenario's lines without the mark of defaults: what was one is written now.
  private func withoutMarks(_ text: String) -> [Substring] {
    text.split(separator: "\n").map { line in
      line.hasSuffix("  # default") ? line.dropLast("  # default".count) : line
    }
  }

  @Test("schema is a JSON Schema")
  func schema() throws {
    let schema = try JSON(try program()("schema").output)
    #expect(schema["$schema"].text?.contains("json-schema.org") == true)
    #expect(schema["properties"].keys.isSuperset(of: ["manifests", "nodes", "workload"]))
  }

  @Test("catalog show and list give figures with their source")
  func catalog() throws {
    let gantry = try program()
    let page = try gantry("catalog", "show", "m6g.2xlarge", "--region", "eu-west-3")
    #expect(page.status == 0)
    #expect(page.output.contains("arm64"))
    #expect(page.output.lowercased().contains("source"))
    #expect(
      try JSON(try gantry("catalog", "show", "m6g.2xlarge", "--format", "json").output).keys.isEmpty
        == false)
    let list = try gantry(
      "catalog", "list", "--arch", "arm64", "--min-vcpu", "8", "--sort", "price-per-work",
      "--limit", "3", "--format", "json")
    #expect(list.status == 0, "\(list.errors)")
    #expect(try JSON(list.output).count == 3 || JSON(list.output).keys.isEmpty == false)
  }

  @Test("imported prices win over the built-in ones")
  func importPrices() throws {
    let gantry = try program()
    let file = try gantry.write("offer.json", Self.offer)
    let result = try gantry("catalog", "import", file)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("imported 1 instance price"))
    let page = try gantry("catalog", "show", "m6g.2xlarge")
    #expect(page.output.contains("7.77"))
  }

  private static let offer = """
    {"formatVersion": "v1.0", "offerCode": "AmazonEC2", "version": "20261101000000",
     "publicationDate": "2026-11-01T00:00:00Z",
     "products": {"A1": {"sku": "A1", "productFamily": "Compute Instance", "attributes": {
       "instanceType": "m6g.2xlarge", "regionCode": "eu-west-3", "location": "EU (Paris)",
       "locationType": "AWS Region", "operatingSystem": "Linux", "tenancy": "Shared",
       "preInstalledSw": "NA", "capacitystatus": "Used", "operation": "RunInstances"}}},
     "terms": {"OnDemand": {"A1": {"A1.JRTCKXETXF": {"priceDimensions": {"A1.JRTCKXETXF.6YS6EN2CT7": {
       "unit": "Hrs", "beginRange": "0", "endRange": "Inf",
       "pricePerUnit": {"USD": "7.7700000000"}}}}}}}}
    """
}

import Foundation
import GantryModel
import Testing

@testable import GantryManifests

@Suite("the schema, the reader and the writer agree")
struct ScenarioSchemaTests {
  private func schema() throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8))
    return try #require(object as? [String: Any])
  }

  @Test("the schema is JSON of draft 2020-12, and the same every time")
  func isJSON() throws {
    let root = try schema()
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(root["additionalProperties"] as? Bool == false)
    #expect(ScenarioSchema.json() == ScenarioSchema.json())
  }

  /// Names of fields by mapping, from the schema's text alone.
  private func schemaFields() throws -> [String: Set<String>] {
    let root = try schema()
    func names(_ object: [String: Any]) -> Set<String> {
      Set((object["properties"] as? [String: Any] ?? [:]).keys)
    }
    var result = ["scenario": names(root)]
    let definitions = try #require(root["$defs"] as? [String: [String: Any]])
    for (name, object) in definitions { result[name] = names(object) }
    return result
  }

  @Test("every field of the schema is accepted, and the complete scenario uses all of them")
  func fields() throws {
    // The complete scenario is read without a finding (ScenarioFileTests), so every name in it is
    // accepted; here: it holds all names of the schema and no other.
    let sink = DiagnosticSink()
    let root = try #require(
      YAMLLoader.load(completeScenario, file: "f", sink: sink).first)
    var found: [String: Set<String>] = [:]
    func collect(_ node: YAMLNode?, _ mapping: String) {
      guard case .mapping(let entries)? = node?.content else { return }
      found[mapping, default: []].formUnion(entries.map(\.key.value))
    }
    func items(_ node: YAMLNode?) -> [YAMLNode] {
      if case .sequence(let items)? = node?.content { items } else { [] }
    }
    collect(root, "scenario")
    for pool in [root["controlPlane"], root["nodes"]?["arm64"]] {
      collect(pool, "pool")
      collect(pool?["rootVolume"], "volume")
    }
    collect(root["storage"], "storage")
    collect(root["storage"]?["efs"], "efs")
    collect(root["registry"]?["internal"], "internalRegistry")
    for name in ["network", "registry", "tekton"] { collect(root[name], name) }
    collect(root["tekton"]?["performance"], "performance")
    for (list, name) in [("workload", "workload"), ("profiles", "profile"), ("images", "image")] {
      for item in items(root[list]) { collect(item, name) }
    }
    #expect(found == (try schemaFields()))
  }

  @Test("every field is described")
  func descriptions() throws {
    func check(_ shape: ObjectShape) {
      for field in shape.fields {
        #expect(field.description.hasSuffix("."), "\(shape.name).\(field.name)")
        if case .object(let inner) = field.shape { check(inner) }
      }
    }
    check(ScenarioFields.file.shape)
  }

  @Test("every field of the model is in the tables")
  func modelFields() throws {
    let file = try #require(try readScenario(completeScenario).file)
    func names(_ value: Any) -> Set<String> {
      Set(Mirror(reflecting: value).children.compactMap(\.label)).subtracting(["location"])
    }
    func table(_ shape: ObjectShape) -> Set<String> { Set(shape.fields.map(\.name)) }
    #expect(names(file) == table(ScenarioFields.file.shape))
    #expect(names(file.nodes[0].settings) == table(ScenarioFields.pool.shape))
    #expect(
      names(try #require(file.nodes[0].settings.rootVolume)) == table(ScenarioFields.volume.shape))
    #expect(names(file.storage) == table(ScenarioFields.storage.shape))
    #expect(names(file.storage.efs) == table(ScenarioFields.efs.shape))
    #expect(names(file.network) == table(ScenarioFields.network.shape))
    #expect(names(file.tekton) == table(ScenarioFields.tekton.shape))
    #expect(names(file.workload[0]) == table(ScenarioFields.workload.shape))
    #expect(names(file.profiles[0]) == table(ScenarioFields.profile.shape))
    #expect(names(file.images[0]) == table(ScenarioFields.image.shape))
    #expect(names(ProfileFile()) == table(ScenarioFields.profileFile.shape))
  }

  @Test("what is written is read as the same scenario")
  func roundTrip() throws {
    let first = try #require(try readScenario(completeScenario).file)
    let text = ScenarioFileWriter.render(first)
    let second = try readScenario(text)
    #expect(second.findings == [])
    let file = try #require(second.file)
    #expect(ScenarioFileWriter.render(file) == text)
    // The texts agree; so do the values, as far as places are left out.
    #expect(file.nodes[0].settings.labels.map(\.value.value) == ["fast", ""])
    #expect(
      file.workload.map { $0.times.map(\.value) } == first.workload.map { $0.times.map(\.value) })
    #expect(file.kubernetesVersion?.value == "1.28")
    #expect(file.assumptions.map(\.value) == [8.5, -1])
    #expect(file.images.map(\.name.value) == ["quay.io/a:b"])
  }

  @Test("absent fields are comments with their defaults")
  func defaults() throws {
    let file = try #require(try readScenario("seed: 3\n").file)
    let text = ScenarioFileWriter.render(file)
    #expect(text.contains("seed: 3\n"))
    #expect(text.contains("# horizon: when all runs have ended\n"))
    #expect(text.contains("# workload: every PipelineRun found, once\n"))
    #expect(try readScenario(text).findings == [])
  }

  @Test("values that were filled in are marked")
  func filledIn() throws {
    let place = Place(file: ScenarioFileWriter.defaultFile, line: 1, column: 1)
    var file = try #require(try readScenario("name: written\n").file)
    file.seed = Located(1, at: place)
    file.region = Located("eu-west-3", at: place)
    file.storage.efs.storedGiB = Located(0.5, at: place)
    file.assumptions = [.init(id: Located("a.b", at: place), value: 2)]
    var pool = ScenarioFile.PoolSettings(location: place)
    pool.zones = [Located("a", at: place), Located("b", at: place)]
    pool.labels = [.init(key: Located("k", at: place), value: Located("yes", at: place))]
    file.nodes = [.init(name: Located("w", at: place), settings: pool)]
    let text = ScenarioFileWriter.render(file)
    for line in [
      "name: written\n", "seed: 1  # default\n", "region: eu-west-3  # default\n",
      "    storedGiB: 0.5  # default\n", "  a.b: 2  # default\n",
      "    zones: [a, b]  # default\n", "      k: \"yes\"  # default\n",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    #expect(try readScenario(text).findings == [])
  }

  @Test(
    "difficult texts survive writing",
    arguments: [
      "yes", "1.30", "null", "", " x ", "a: b", "a #b", "- x", "{x}", "*a", "é日", "tab\there",
      "line\nbreak", "\u{7}", "quote\"d", "back\\slash", "0x10", "<<", "---", "a,b", "\u{2028}",
      "key:", "%x", "@x", "1:30", "2024-01-01",
    ])
  func texts(text: String) throws {
    var file = ScenarioFile(location: Place(file: "f", line: 1, column: 1))
    let place = file.location
    file.name = Located(text, at: place)
    file.manifests = [Located(text, at: place), Located("b", at: place)]
    file.results = [.init(key: Located("t.\(text)x", at: place), value: Located(text, at: place))]
    let result = try readScenario(ScenarioFileWriter.render(file))
    #expect(result.findings == [])
    #expect(result.file?.name?.value == text)
    #expect(result.file?.manifests.map(\.value) == [text, "b"])
    #expect(result.file?.results.map(\.key.value) == ["t.\(text)x"])
    #expect(result.file?.results.map(\.value.value) == [text])
  }
}

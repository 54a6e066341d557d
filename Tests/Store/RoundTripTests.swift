import GRDB
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryStore

@Suite struct RoundTripTests {
  let folder = TemporaryFolder()

  @Test("a record comes back equal in every field", arguments: Sample.allCases)
  func roundTrip(_ sample: Sample) throws {
    let record = sample.record
    let path = folder.path("a.sqlite")
    let id = try Store(path: path).save(record)
    var loaded = try Store(path: path, access: .readOnly).load(id: id)
    #expect(loaded.id == id)
    loaded.id = nil
    let (was, now) = (dumped(record), dumped(loaded))
    #expect(was == now)
    // Dumping holds all stored properties; dictionaries are compared apart.
    #expect(loaded.runs == record.runs && loaded.tally == record.tally)
  }

  @Test("a record without anything comes back")
  func empty() throws {
    var record = Samples.record(runs: [])
    record.nodes = []
    record.cost = Cost()
    record.assumptions = []
    record.replications = []
    record.label = "ünïcode 日本語 '\"; DROP TABLE simulation; --"
    let store = try Store(path: folder.path("a.sqlite"))
    let loaded = try store.load(id: try store.save(record))
    #expect(loaded.label == record.label)
    #expect(loaded.runs.isEmpty && loaded.nodes.isEmpty && loaded.cost == Cost())
  }

  /// All stored properties as text; dictionaries emptied because their order is not fixed.
  private func dumped(_ record: SimulationRecord) -> String {
    var record = record
    for run in record.runs.indices {
      for task in record.runs[run].taskRuns.indices {
        record.runs[run].taskRuns[task].breakdown = [:]
      }
    }
    record.tally?.all.breakdown = [:]
    for group in record.tally?.pipelines.indices ?? 0..<0 {
      record.tally?.pipelines[group].breakdown = [:]
    }
    var text = ""
    dump(record, to: &text)
    return text
  }
}

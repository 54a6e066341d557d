import Foundation
import GantryModel
import Testing

/// The answer of `scenarios/emulation`.
@Suite("native nodes or QEMU")
struct EmulationTests {
  @Test("native is faster, QEMU's cluster is cheaper, and the README says by how much")
  func pair() throws {
    let readme = try Readme("emulation")
    let records = try readme.measure()
    let native = try #require(records.first { $0.scenario == "emulation/native" })
    let qemu = try #require(records.first { $0.scenario == "emulation/qemu" })
    #expect(native.allSucceeded && qemu.allSucceeded)
    #expect(native.makespanSeconds < qemu.makespanSeconds)
    #expect(qemu.cost.monthlyUSD < native.cost.monthlyUSD)

    let factor = (qemu.makespanSeconds / native.makespanSeconds).formatted(digits: 1)
    let rise = (native.cost.monthlyUSD - qemu.cost.monthlyUSD).formatted(digits: 0)
    var lines = [
      "**Native is \(factor) times as fast**; its cluster costs USD \(rise) a month more.", "",
      "| layout | takes | a build costs | USD a month |", "|---|---:|---:|---:|",
    ]
    for record in [native, qemu] {
      lines.append(
        "| \(record.scenario) | \(record.makespanSeconds.formatted(digits: 0)) s "
          + "| USD \(record.cost.totalUSD.formatted(digits: 3)) "
          + "| \(record.cost.monthlyUSD.formatted(digits: 0)) |")
    }
    try readme.expect("answer", lines)
    try readme.expect("foundations", qemu.foundations)
    try expectEmulation(qemu, slower: qemu.makespanSeconds - native.makespanSeconds)
  }

  @Test("few builds a day are cheaper under QEMU, many on native nodes, and one place is between")
  func breakeven() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      "gantry breakeven --a scenarios/emulation/native --b scenarios/emulation/qemu "
        + "--over workload.rate=2..100/day --replications 4 --format json")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let record = try #require(object as? [String: Any])
    let crossings = try #require(record["crossings"] as? [[String: Any]])
    try #require(crossings.count == 1)
    #expect(crossings[0]["betterBelow"] as? String == "b")
    #expect(crossings[0]["betterAbove"] as? String == "a")
    // By hand: native costs about 1040 USD a month more and saves some 2.5 minutes a build, a dollar
    // each; kept claims of 20 GiB cost QEMU's builds 0.9 USD each: 1040 ÷ 3.4 a month, 10 a day.
    let value = try #require(crossings[0]["value"] as? Double)
    #expect(value > 8 && value < 13)
    let low = try #require(crossings[0]["low"] as? Double)
    let high = try #require(crossings[0]["high"] as? Double)
    #expect(low < value && value < high)
  }

  /// The second platform does the same work under QEMU: dnf alone takes several times as long, which
  /// is most of the difference.
  private func expectEmulation(_ qemu: SimulationRecord, slower difference: Double) throws {
    #expect(qemu.nodes.count == 1)
    let build = try #require(qemu.run(of: "samba")?.task("build"))
    func dnf(_ label: String) throws -> (native: Double, emulated: Double) {
      let found = build.segments.filter { $0.kind == .cpu && $0.label.contains("dnf: \(label)") }
        .map(\.seconds)
      try #require(found.count == 2, "\(label): \(found)")
      return (found[0], found[1])
    }
    let install = try dnf("install")
    let metadata = try dnf("repository metadata")
    #expect(install.emulated > 3 * install.native)
    #expect(metadata.emulated > 3 * metadata.native)
    let extra = install.emulated - install.native + metadata.emulated - metadata.native
    #expect(extra > difference / 2)
  }
}

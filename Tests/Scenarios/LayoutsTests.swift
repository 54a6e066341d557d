import GantryModel
import Testing

/// The answer of `scenarios/layouts`.
@Suite("native nodes or QEMU")
struct LayoutsTests {
  @Test("native is faster, QEMU's cluster is cheaper, and the README says by how much")
  func pair() throws {
    let readme = try Readme("layouts")
    let records = try readme.measure()
    let native = try #require(records.first { $0.scenario == "layouts/native" })
    let qemu = try #require(records.first { $0.scenario == "layouts/qemu" })
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
    try expectEmulation(qemu)
  }

  /// The second platform does the same work under QEMU: dnf alone takes several times as long.
  private func expectEmulation(_ qemu: SimulationRecord) throws {
    #expect(qemu.nodes.count == 1)
    let build = try #require(qemu.run(of: "samba")?.task("build"))
    let installs = build.segments.filter { $0.label.contains("dnf: install") }
      .map { $0.endSeconds - $0.startSeconds }
    try #require(installs.count == 2)
    #expect(installs[1] > 3 * installs[0])
    #expect(qemu.line("NAT", "") == nil)
    #expect(qemu.line("VPC", "NAT gateways")?.quantity ?? 0 > 0)
  }
}

import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("instance types")
struct InstanceTests {
  let catalog: Catalog

  init() throws { catalog = try Catalog() }

  @Test("m5a.2xlarge is the reference machine")
  func reference() throws {
    let type = try catalog.instance("m5a.2xlarge")
    #expect(type.architecture == .amd64)
    #expect((type.vcpu, type.cores, type.threadsPerCore) == (8, 4, 2))
    #expect(type.memory == .gib(32))
    #expect(type.family == "m5a" && type.size == "2xlarge")
    // 2.5 Gbit/s / 8 = 312.5 MB/s; EBS 1580 Mbit/s / 8 = 197.5 MB/s, burst 2880 / 8 = 360 MB/s.
    #expect(type.network.baseline == .mbps(312.5))
    #expect(type.network.burst == .mbps(1250))
    let ebs = try #require(type.ebs)
    #expect(ebs.throughput.baseline == .mbps(197.5))
    #expect(ebs.throughput.burst == .mbps(360))
    #expect((ebs.baselineIOPS, ebs.burstIOPS) == (8333, 16000))
    #expect(type.attachments.count == 27 && type.attachments.sharedWithInterfaces)
    #expect(type.cpu.perThread == 1.0)
    // The whole machine compiles 22.0 thousand lines/s, one thread 4.23: 5.2009.
    #expect(abs(type.cpu.total - 22.0 / 4.23) < 1e-12)
    #expect(type.cpu.basis == .measured)
    #expect(type.credits == nil && type.localDisks == nil)
  }

  @Test("m6g.2xlarge has eight real cores")
  func graviton() throws {
    let type = try catalog.instance("m6g.2xlarge")
    #expect(type.architecture == .arm64)
    #expect(type.processor.contains("Graviton2"))
    #expect(abs(type.cpu.perThread - 1.24) < 0.005)
    // 1.88 times the reference machine: 1.88 * 5.2009 = 9.78.
    #expect(abs(type.cpu.total - 9.78) < 0.03)
  }

  @Test("a large machine is one thread a core, not what one benchmark fills")
  func large() throws {
    let type = try catalog.instance("m6g.12xlarge")
    #expect(type.cpu.basis == .scaledByCores)
    #expect(abs(type.cpu.total - type.cpu.perThread * 48) < 1e-9)
    #expect(type.cpu.provenance.confidence == .medium)
  }

  @Test("a type without benchmark takes its processor's median, and says so")
  func inferred() throws {
    let type = try catalog.instance("t3.micro")
    // Burstable Xeon 8259CL: one thread 1.268; 1.2 per vCPU of 5.2009 / 8 each, two vCPU.
    #expect(type.cpu.perThread == 1.268)
    #expect(abs(type.cpu.total - 1.2 * (22.0 / 4.23) / 8 * 2) < 1e-12)
    #expect(type.cpu.basis == .processorMedian)
    #expect(type.cpu.provenance.confidence == .low)
    let credits = try #require(type.credits)
    #expect((credits.perHour, credits.baselinePerVCPU) == (12, 0.1))
  }

  @Test("an unknown type names the nearest", arguments: ["m6g.2xlrage", "M6G.2xlarge"])
  func unknown(name: String) throws {
    do {
      _ = try catalog.instance(name)
      Issue.record("expected an error")
    } catch .unknownType(let asked, let nearest) {
      #expect(asked == name)
      #expect(nearest.first == "m6g.2xlarge")
    } catch { Issue.record("\(error)") }
  }

  @Test("nothing like a type gets no advice")
  func nonsense() {
    #expect(throws: CatalogError.unknownType("", nearest: [])) { try catalog.instance("") }
    #expect(throws: CatalogError.unknownType("m5a.2xlarge,amd64", nearest: [])) {
      try catalog.instance("m5a.2xlarge,amd64")
    }
  }

  @Test("every type parses, and its figures make sense")
  func all() throws {
    let names = catalog.instanceNames
    #expect(names.count == 1123)
    #expect(names == names.sorted())
    var filter = InstanceFilter()
    filter.includesBareMetal = true
    let all = try catalog.list(filter)
    #expect(all.count == names.count)
    for type in all.map(\.type) {
      #expect(type.vcpu >= type.cores && type.cores > 0, "\(type.name)")
      #expect(type.memory > .zero && type.network.baseline <= type.network.burst, "\(type.name)")
      #expect(type.cpu.perThread > 0 && type.cpu.total >= type.cpu.perThread, "\(type.name)")
      #expect(type.cpu.total <= type.cpu.perThread * Double(type.vcpu) + 1e-9, "\(type.name)")
      #expect(!type.specification.source.isEmpty && !type.cpu.provenance.source.isEmpty)
    }
  }

  @Test(
    "a larger size of a family never does less",
    arguments: ["m5a", "m6g", "m6i", "c7g", "c7a", "c8g", "r6g"])
  func grows(family: String) throws {
    var filter = InstanceFilter()
    filter.family = family
    let sizes = try catalog.list(filter, sortedBy: .vcpu).map(\.type)
    for (small, large) in zip(sizes, sizes.dropFirst()) {
      #expect(large.cpu.total >= small.cpu.total, "\(small.name) \(large.name)")
    }
  }

  @Test("scores can be overridden, and say so")
  func override() throws {
    var catalog = catalog
    catalog.overrides["cpu.m6g.2xlarge.perThread"] = 1.5
    let cpu = try catalog.instance("m6g.2xlarge").cpu
    #expect(cpu.perThread == 1.5 && cpu.basis == .scenario && cpu.provenance == .scenario)
    #expect(try catalog.instance("m6g.xlarge").cpu.basis == .measured)
  }
}

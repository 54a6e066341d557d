import GantryModel
import GantryUnits

extension Catalog {
  /// Everything known of an instance type.
  /// - Throws: `CatalogError.unknownType` with the nearest known names.
  /// - Complexity: One scan over the table's bytes; only the row itself is parsed.
  public func instance(_ name: String) throws(CatalogError) -> InstanceType {
    guard let row = try instanceTable.row(name), let scores = try scoreTable.row(name) else {
      throw unknownType(name)
    }
    return try instance(row, scores: scores)
  }

  /// The names of all instance types, sorted.
  public var instanceNames: [String] { instanceTable.keys() }

  func unknownType(_ name: String) -> CatalogError {
    .unknownType(name, nearest: Catalog.nearest(to: name, in: instanceNames))
  }

  func instance(_ row: CSVRow, scores: CSVRow) throws(CatalogError) -> InstanceType {
    let name = row.fields[0]
    guard let architecture = Architecture(rawValue: try row.text("arch")) else {
      throw .malformed(file: row.table, line: row.line, reason: "expected amd64 or arm64")
    }
    let disks = try row.text("local_disks")
    let vcpu = try row.integer("vcpu")
    let cores = try row.integer("cores")
    return InstanceType(
      name: name, architecture: architecture, vcpu: vcpu, cores: cores,
      threadsPerCore: try row.integer("threads_per_core"),
      memory: .gib(try row.number("memory_gib")), processor: try scores.text("processor"),
      processorProvenance: try processorProvenance(scores),
      clockGHz: try row.optionalNumber("clock_ghz"),
      network: LinkRate(
        baseline: .gigabits(try row.number("network_baseline_gbps")),
        burst: .gigabits(try row.number("network_burst_gbps"))),
      ebs: try ebsLink(row),
      attachments: AttachmentLimit(
        count: try row.integer("ebs_max_attachments"),
        sharedWithInterfaces: try row.text("ebs_attachment_limit") == "shared"),
      localDisk: .gb(try row.number("local_nvme_gb")), localDisks: disks.isEmpty ? nil : disks,
      credits: try credits(row), maxNetworkInterfaces: try row.integer("max_enis"),
      addressesPerInterface: try row.integer("ipv4_per_eni"),
      isBareMetal: try row.flag("bare_metal"),
      isCurrentGeneration: try row.flag("current_generation"),
      supportsSpot: try row.flag("spot_supported"),
      cpu: try score(name, scores, vcpu: vcpu, cores: cores),
      specification: try Catalog.provenance(
        try row.text("source"), in: sources, confidence: .high))
  }

  private func ebsLink(_ row: CSVRow) throws(CatalogError) -> EBSLink? {
    guard let baseline = try row.optionalNumber("ebs_baseline_mbps"),
      let burst = try row.optionalNumber("ebs_burst_mbps"),
      let baselineIOPS = try row.optionalNumber("ebs_baseline_iops"),
      let burstIOPS = try row.optionalNumber("ebs_burst_iops")
    else { return nil }
    return EBSLink(
      throughput: LinkRate(baseline: .megabits(baseline), burst: .megabits(burst)),
      baselineIOPS: baselineIOPS, burstIOPS: burstIOPS)
  }

  private func credits(_ row: CSVRow) throws(CatalogError) -> CPUCredits? {
    guard let perHour = try row.optionalNumber("cpu_credits_per_hour"),
      let percent = try row.optionalNumber("cpu_baseline_pct_per_vcpu")
    else { return nil }
    return CPUCredits(perHour: perHour, baselinePerVCPU: percent / 100)
  }

  private func processorProvenance(_ scores: CSVRow) throws(CatalogError) -> Provenance {
    let match = try scores.text("processor_match")
    return try Catalog.provenance(
      try scores.text("processor_source"), in: sources,
      confidence: match == "exact" ? .high : .low,
      note: match == "exact" ? nil : "taken from another type of the same \(match)")
  }

  private func score(
    _ name: String, _ row: CSVRow, vcpu: Int, cores: Int
  ) throws(CatalogError) -> CPUScore {
    var score = try builtInScore(row, vcpu: vcpu, cores: cores, family: name.prefix { $0 != "." })
    if let one = overrides["cpu.\(name).perThread"] {
      score.perThread = one
      score.basis = .scenario
    }
    if let all = overrides["cpu.\(name).total"] {
      score.total = all
      score.basis = .scenario
    }
    if score.basis == .scenario { score.provenance = .scenario }
    return score
  }

  private func builtInScore(
    _ row: CSVRow, vcpu: Int, cores: Int, family: Substring
  ) throws(CatalogError) -> CPUScore {
    let source = try row.text("source")
    if let one = try row.optionalNumber("rel_build_1t"),
      let all = try row.optionalNumber("rel_build_all"),
      let clang = try row.optionalNumber("gb6_clang_multi_klines_s")
    {
      let large = vcpu > CPUScore.largestBenchmarkedWhole
      let provenance = try Catalog.provenance(
        source, in: sources, confidence: large ? .medium : .high,
        note: large ? "whole machine scaled from one thread and the cores" : nil)
      return CPUScore(
        measured: .init(relativeOne: one, relativeAll: all, clangMulti: clang), vcpu: vcpu,
        cores: cores, provenance: provenance)
    }
    return try processorScore(
      try row.text("processor"), isBurstable: family.hasPrefix("t"), vcpu: vcpu, source: source)
  }

  private func processorScore(
    _ processor: String, isBurstable: Bool, vcpu: Int, source: String
  ) throws(CatalogError) -> CPUScore {
    let table = try builtIn.table("cpu-processors.csv")
    let kinds = isBurstable ? ["burstable", "fixed"] : ["fixed", "burstable"]
    for kind in kinds {
      guard let row = try table.firstRow(startingWith: [processor, kind]) else { continue }
      let eight = try row.optionalNumber("rel_build_all_per_vcpu_8vcpu")
      let perVCPU = if let eight { eight } else { try row.number("rel_build_all_per_vcpu") }
      let provenance = try Catalog.provenance(
        source, in: sources, confidence: .low,
        note: "inferred: median of \(processor) on other types")
      return CPUScore(
        processorOne: try row.number("rel_build_1t"), perVCPU: perVCPU, vcpu: vcpu,
        provenance: provenance)
    }
    throw .malformed(file: table.name, line: 1, reason: "no processor '\(processor)'")
  }
}

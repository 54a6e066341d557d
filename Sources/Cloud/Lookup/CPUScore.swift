/// What an instance type's processor does for build-like work, in reference threads.
///
/// A reference thread is one thread of an otherwise idle m5a.2xlarge: 1.0 by definition. The figures
/// are derived from benchmarks by Spare Cores (CC BY-SA 4.0, `Catalog/cpu-scores.csv`).
public struct CPUScore: Hashable, Sendable, Codable {
  /// How the score was found.
  public enum Basis: String, Hashable, Sendable, Codable {
    /// Measured on this type.
    case measured
    /// One thread measured on this type; the whole machine is one such thread per core, or what the
    /// compile benchmark reached if that is more: benchmarks do not fill machines above 16 vCPU.
    case scaledByCores
    /// The median of its processor on other types, because this type has no benchmark.
    case processorMedian
    /// Given by the scenario.
    case scenario
  }

  /// What one thread delivers alone.
  public var perThread: Double
  /// What all threads of the machine deliver together.
  public var total: Double
  /// How the score was found.
  public var basis: Basis
  /// Where the figures come from.
  public var provenance: Provenance

  /// Makes a score.
  public init(perThread: Double, total: Double, basis: Basis, provenance: Provenance) {
    self.perThread = perThread
    self.total = total
    self.basis = basis
    self.provenance = provenance
  }
}

extension CPUScore {
  /// Thousand lines per second that one thread of m5a.2xlarge compiles in Geekbench 6 Clang.
  ///
  /// Source: SpareCores/sc-inspector-data, 2024-06 to 2026-08.
  static let referenceClangSingle = 4.23
  /// The same for all threads of m5a.2xlarge.
  ///
  /// Source: as above.
  static let referenceClangMulti = 22.0
  /// Reference threads that the whole m5a.2xlarge delivers: 22.0 / 4.23 = 5.20.
  static let referenceTotal = referenceClangMulti / referenceClangSingle
  /// The vCPU of m5a.2xlarge, to which figures per vCPU refer.
  static let referenceVCPU = 8.0
  /// Above this many vCPU the whole-machine benchmarks stop growing with the machine.
  static let largestBenchmarkedWhole = 16

  /// The score of a type that was benchmarked.
  init(measured row: Measurement, vcpu: Int, cores: Int, provenance: Provenance) {
    let threads = Double(vcpu)
    let whole: Double
    if vcpu <= Self.largestBenchmarkedWhole {
      whole = row.relativeAll * Self.referenceTotal
      basis = .measured
    } else {
      whole = max(row.clangMulti / Self.referenceClangSingle, row.relativeOne * Double(cores))
      basis = .scaledByCores
    }
    perThread = row.relativeOne
    total = min(max(whole, row.relativeOne), row.relativeOne * threads)
    self.provenance = provenance
  }

  /// The score of a type known only by its processor.
  init(processorOne one: Double, perVCPU: Double, vcpu: Int, provenance: Provenance) {
    let whole = perVCPU * Self.referenceTotal / Self.referenceVCPU * Double(vcpu)
    perThread = one
    total = min(max(whole, one), one * Double(vcpu))
    basis = .processorMedian
    self.provenance = provenance
  }

  /// The benchmark figures of one type, relative to m5a.2xlarge.
  struct Measurement {
    var relativeOne: Double
    var relativeAll: Double
    var clangMulti: Double
  }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The inputs of the build-farm model, each a function of run and task.
///
/// The model prescribes its own counter-based generator, so that programs in other languages can
/// draw the same numbers; ``GantryKernel`` has a different one for simulations.
struct FarmInputs {
  let variant: FarmVariant
  let meanGap: Double
  private let key: UInt64

  init(_ parameters: FarmParameters) {
    variant = parameters.variant
    meanGap = parameters.meanGap
    key = Self.mix(parameters.seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019)
  }

  /// Seconds between the arrival of a run and that of the run before it.
  func gap(_ run: Int) -> Double {
    switch variant {
    case .exp: exponential(run, 0, meanGap)
    case .det: meanGap
    case .burst: 0
    }
  }

  /// MB that a task reads.
  func reads(_ run: Int, _ task: FarmTask) -> Double {
    task.reads * (variant == .exp ? 0.5 + uniform(run, 1 + 3 * task.number) : factor(run, task))
  }

  /// Seconds that a task computes.
  func computes(_ run: Int, _ task: FarmTask) -> Double {
    variant == .exp
      ? exponential(run, 2 + 3 * task.number, task.computes)
      : task.computes * factor(run, task)
  }

  /// MB that a task writes.
  func writes(_ run: Int, _ task: FarmTask) -> Double {
    task.writes * (variant == .exp ? 0.5 + uniform(run, 3 + 3 * task.number) : factor(run, task))
  }

  private func exponential(_ run: Int, _ purpose: Int, _ mean: Double) -> Double {
    -mean * log(1 - uniform(run, purpose))
  }

  private func uniform(_ run: Int, _ purpose: Int) -> Double {
    let counter = UInt64(truncatingIfNeeded: run &* 16 &+ purpose &+ 1)
    return Double(Self.mix(key &+ counter &* 0x9E37_79B9_7F4A_7C15) &>> 11) * 0x1p-53
  }

  private func factor(_ run: Int, _ task: FarmTask) -> Double {
    let place = Double(4 * run + task.number + 1) * 0.6180339887498949
    return 1 + 0.1 * (place - Double(Int(place)))
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}

/// The four tasks of a run.
enum FarmTask: UInt8 {
  case clone
  case buildOnAMD64
  case buildOnARM64
  case push

  var number: Int { Int(rawValue) }
  var needsARM64: Bool { rawValue >= 2 }

  /// Mean MB read.
  var reads: Double {
    switch self {
    case .clone: 50
    case .buildOnAMD64, .buildOnARM64: 200
    case .push: 800
    }
  }

  /// Mean seconds of computing.
  var computes: Double {
    switch self {
    case .clone: 5
    case .buildOnAMD64, .buildOnARM64: 60
    case .push: 4
    }
  }

  /// Mean MB written.
  var writes: Double {
    switch self {
    case .clone: 200
    case .buildOnAMD64, .buildOnARM64: 400
    case .push: 10
    }
  }
}

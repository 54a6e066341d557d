/// What a result is compared with: the real result, or a digest of it.
enum GoldenVerdict: Decodable {
  case full(GoldenResult)
  case digest(GoldenDigest)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      guard let digest = GoldenDigest(text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'\(text)' is no digest")
      }
      self = .digest(digest)
    } else {
      self = .full(try container.decode(GoldenResult.self))
    }
  }

  /// Whether pods were looked for that may be evicted.
  var hasPreemption: Bool {
    switch self {
    case .full(let result): result.preemption != nil
    case .digest(let digest): digest.hasPreemption
    }
  }

  /// Whether the pod was tried again after evictions.
  var hasSecondTry: Bool {
    switch self {
    case .full(let result): result.afterPreemption != nil
    case .digest(let digest): digest.hasSecondTry
    }
  }

  func differences(from mine: GoldenResult) -> [String] {
    switch self {
    case .full(let expected): return GoldenComparison.differences(mine, expected)
    case .digest(let expected):
      return expected == GoldenDigest(of: mine)
        ? [] : ["\(GoldenDigest(of: mine)) for \(expected)\n\(mine.canonical)"]
    }
  }
}

/// A result in a line: a digest of all that is compared, and what helps to find a difference.
struct GoldenDigest: Equatable, CustomStringConvertible {
  var value: UInt64
  var feasibleCount: Int
  var hasPreemption: Bool
  var hasSecondTry: Bool
  var chosen: String

  init(of result: GoldenResult) {
    value = Self.hash(result.canonical)
    feasibleCount = result.feasibleCount
    hasPreemption = result.preemption != nil
    hasSecondTry = result.afterPreemption != nil
    chosen = result.chosen
  }

  init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 4, let value = UInt64(parts[0], radix: 16), let count = Int(parts[1])
    else { return nil }
    self.value = value
    feasibleCount = count
    hasPreemption = parts[2].contains("p")
    hasSecondTry = parts[2].contains("a")
    chosen = String(parts[3])
  }

  var description: String {
    let flags = (hasPreemption ? "p" : "") + (hasSecondTry ? "a" : "")
    return "\(String(value, radix: 16)) \(feasibleCount) \(flags) \(chosen)"
  }

  /// FNV-1a of 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

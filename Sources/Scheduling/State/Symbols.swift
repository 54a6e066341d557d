/// Strings by small numbers, so that labels are compared without touching text.
struct Symbols: Sendable {
  private var numbers: [String: Int32] = [:]
  private(set) var texts: [String] = []

  /// The number of a string, new if it was not seen before.
  mutating func intern(_ text: String) -> Int32 {
    if let number = numbers[text] { return number }
    let number = Int32(texts.count)
    numbers[text] = number
    texts.append(text)
    return number
  }

  mutating func intern(_ labels: [String: String]) -> LabelSet {
    var set: LabelSet = [:]
    for (key, value) in labels { set[intern(key)] = intern(value) }
    return set
  }

  subscript(_ number: Int32) -> String { texts[Int(number)] }
}

/// Interned labels, value by key.
typealias LabelSet = [Int32: Int32]

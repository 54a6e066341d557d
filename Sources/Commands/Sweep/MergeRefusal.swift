import GantryStore

/// Why a store was not taken in: it and another have different results of the same inputs.
struct MergeRefusal {
  let contradiction: Contradiction
  /// The store that was not taken in.
  let path: String
  /// The store that takes in.
  let target: Store
  /// The stores that it took in before.
  let taken: [String]

  /// Where the other result comes from: the first store with it that was taken in, else the target.
  private var origin: String {
    taken.first { (try? target.isKnown(contradiction.subject, in: $0)) == true } ?? target.path
  }

  /// Says it on standard error.
  func show() {
    Console().note(
      """
      error: \(path) and \(origin) contradict each other in \(contradiction.place): \
      \(contradiction.figure) is \(contradiction.theirs) in the first and \(contradiction.own) in the \
      second; nothing of \(path) was taken in
      help: the same inputs, seed and version give the same results to the last bit; the same sweep with \
      --no-store shows which of the two was changed
      """)
  }
}

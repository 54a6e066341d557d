/// A name that a user gives a result or a sweep.
struct Label: ReadableArgument {
  static let expectation =
    "a name of one line that is no number and has no '#', which stand for results and points"

  let text: String

  init?(argument: String) {
    let isReference = Int(argument) != nil || argument.contains("#")
    let isOneLine =
      argument.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint }
      && !argument.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    guard !isReference, isOneLine, argument.contains(where: { !$0.isWhitespace }) else {
      return nil
    }
    text = argument
  }
}

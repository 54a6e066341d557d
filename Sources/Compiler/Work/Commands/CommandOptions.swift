/// A command line split into options and operands.
struct CommandOptions {
  /// Options with their values, in order; a flag has none.
  private var options: [(name: String, value: String?)] = []
  /// What is not an option.
  private(set) var operands: [String] = []

  /// Splits arguments; `valued` options take the next argument unless the value follows `=`.
  ///
  /// With `bundled`, the last letter of `-sSLo` can be one of them.
  init(_ arguments: [String], valued: Set<String>, bundled: Bool = false) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument.count > 1 else {
        operands.append(argument)
        continue
      }
      if argument == "--" {
        operands += rest
        break
      }
      if let equals = argument.firstIndex(of: "=") {
        let value = String(argument[argument.index(after: equals)...])
        options.append((String(argument[..<equals]), value))
      } else if bundled, argument.count > 2, !argument.hasPrefix("--"), let last = argument.last,
        valued.contains("-\(last)")
      {
        options.append((String(argument.dropLast()), nil))
        options.append(("-\(last)", rest.popFirst()))
      } else if valued.contains(argument) {
        options.append((argument, rest.popFirst()))
      } else {
        options.append((argument, nil))
      }
    }
  }

  /// The last value of any of the names.
  func value(_ names: String...) -> String? {
    options.last { names.contains($0.name) && $0.value != nil }?.value
  }

  /// All values of any of the names, commas split.
  func values(_ names: String...) -> [String] {
    options.filter { names.contains($0.name) }.compactMap(\.value)
      .flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// Whether a flag is set; `--flag=false` unsets it.
  func isSet(_ names: String...) -> Bool {
    guard let last = options.last(where: { names.contains($0.name) }) else { return false }
    return last.value.map { !["false", "0", "no"].contains($0.lowercased()) } ?? true
  }

  /// Whether any name was given at all.
  func has(_ names: String...) -> Bool { options.contains { names.contains($0.name) } }

  /// Letters of short flags such as `-xzf`.
  var shortLetters: Set<Character> {
    Set(options.filter { !$0.name.hasPrefix("--") }.flatMap { $0.name.dropFirst() })
  }
}

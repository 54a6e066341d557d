import ArgumentParser

/// A value of an option that tells what was expected where it cannot read a text.
protocol ReadableArgument {
  /// What the texts look like, for a sentence that begins with "expected".
  static var expectation: String { get }

  init?(argument: String)
}

extension ReadableArgument {
  /// The value, for an option's `transform`.
  ///
  /// - Throws: `ValidationError` that says what was expected.
  static func read(_ text: String) throws -> Self {
    guard let value = Self(argument: text) else {
      throw ValidationError("expected \(Self.expectation)")
    }
    return value
  }
}

import GantryModel

/// Why a document cannot be read any further.
struct YAMLFailure: Error {
  /// What is reported.
  var diagnostic: Diagnostic

  /// Makes an error at a place.
  init(
    _ code: String, _ message: String, at location: SourceLocation,
    notes: [Diagnostic.Note] = [], suggestion: String? = nil
  ) {
    diagnostic = Diagnostic(
      .error, code, message, at: location, notes: notes, suggestion: suggestion)
  }
}

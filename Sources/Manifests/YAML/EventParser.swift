import CYaml
import GantryModel

/// The events of a YAML stream, from libyaml (through the copy that Yams builds).
///
/// Yams's own composer is not used: it hashes whole subtrees, so that a few hundred bytes with
/// nested aliases can stall it, stops at the first repeated key and is an order slower.
final class EventParser {
  /// One step of a stream.
  enum Event {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(String)
    /// `isPlain` says that the text decides on the type.
    case scalar(String, tag: String?, isPlain: Bool, anchor: String?)
    case sequenceStart(anchor: String?)
    case mappingStart(anchor: String?)
    case collectionEnd
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let positions: SourcePositions

  /// Opens a stream; the buffer must outlive the parser.
  init(_ buffer: UnsafeBufferPointer<UInt8>, positions: SourcePositions) {
    self.positions = positions
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  /// The next step and where it begins.
  /// - Throws: The syntax error found.
  func next() throws(YAMLFailure) -> (event: Event, location: SourceLocation) {
    while true {
      var raw = yaml_event_t()
      guard yaml_parser_parse(parser, &raw) == 1 else { throw syntaxError() }
      defer { yaml_event_delete(&raw) }
      if let event = Self.event(raw) { return (event, positions.location(raw.start_mark)) }
    }
  }

  private static func event(_ raw: yaml_event_t) -> Event? {
    switch raw.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_STREAM_START_EVENT: return nil
    case YAML_ALIAS_EVENT: return .alias(text(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        String(decoding: value, as: UTF8.self), tag: text(scalar.tag),
        isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, anchor: text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      return .sequenceStart(anchor: text(raw.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      return .mappingStart(anchor: text(raw.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
    default: return .streamEnd
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func syntaxError() -> YAMLFailure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "out of memory"
    if state.error == YAML_READER_ERROR {
      return YAMLFailure(
        "E0002", "\(problem)", at: positions.location(byteOffset: state.problem_offset))
    }
    if problem.contains("nesting level") || problem.contains("exceeded maximum") {
      return YAMLFailure(
        "E0004", "nested too deeply", at: positions.location(state.problem_mark))
    }
    var notes: [Diagnostic.Note] = []
    if let context = state.context {
      notes.append(
        .init(String(cString: context), at: positions.location(state.context_mark)))
    }
    return YAMLFailure(
      "E0001", "not valid YAML: \(problem)", at: positions.location(state.problem_mark),
      notes: notes, suggestion: Self.advice(problem))
  }

  private static func advice(_ problem: String) -> String? {
    if problem.contains("cannot start any token") {
      return "indent with spaces, not tabs, and quote values that begin with @, `, % or a tab"
    }
    if problem.contains("mapping values are not allowed") {
      return "quote a value that contains ': ', or check the indentation"
    }
    if problem.contains("could not find expected ':'") {
      return "a key needs ':' and a space after it; check the indentation of the line"
    }
    return nil
  }
}

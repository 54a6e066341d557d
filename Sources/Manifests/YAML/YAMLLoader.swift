public import GantryModel

/// What a text held.
public struct ParsedYAML: Sendable {
  /// The documents that could be read; empty ones are left out.
  public var documents: [YAMLNode] = []
  /// Syntax errors, repeated keys, values that cannot be used.
  public var diagnostics: [Diagnostic] = []
  /// Whether some document could not be read to its end.
  public var hasSyntaxErrors = false
}

/// Reads YAML and JSON texts into values with places.
public enum YAMLLoader {
  /// Reads all documents of a text and reports what is wrong with it.
  public static func load(
    _ text: String, file: String, limits: YAMLLimits = YAMLLimits(), sink: DiagnosticSink
  ) -> [YAMLNode] {
    let parsed = parse(Array(text.utf8), file: file, limits: limits)
    parsed.diagnostics.forEach(sink.add)
    return parsed.documents
  }

  /// Reads all documents of a file's bytes.
  ///
  /// After a syntax error reading goes on with the next document of the file.
  public static func parse(
    _ content: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) -> ParsedYAML {
    guard content.count <= limits.maximumBytes else {
      return failed(
        Diagnostic(
          .error, "E0003",
          "the file has \(content.count) bytes, more than the \(limits.maximumBytes) that are read",
          at: SourceLocation(file: file, line: 1, column: 1)))
    }
    let bytes = content.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(content[3...]) : content
    let check = TextCheck(bytes)
    if let bad = check.firstBadByte {
      return failed(
        Diagnostic(
          .error, "E0002", TextCheck.message(bytes, bad),
          at: SourcePositions.location(of: bad, in: bytes, file: file)))
    }
    if let json = readJSON(bytes, file: file, limits: limits) { return json }
    return readYAML(
      bytes, file: file, limits: limits, hasUnusualBreaks: check.hasUnusualBreaks)
  }

  private static func failed(_ diagnostic: Diagnostic) -> ParsedYAML {
    ParsedYAML(diagnostics: [diagnostic], hasSyntaxErrors: true)
  }

  /// The values of a JSON text; nil when it should be read as YAML.
  private static func readJSON(
    _ bytes: [UInt8], file: String, limits: YAMLLimits
  ) -> ParsedYAML? {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer, file: file, limits: limits)
      do throws(YAMLFailure) {
        let documents = try reader.documents().filter { !$0.isNull }
        return ParsedYAML(documents: documents, diagnostics: reader.findings)
      } catch {
        // Flow YAML (`{a: b}`) begins like JSON; a file that says it is JSON gets JSON's error.
        let isFinal = file.hasSuffix(".json") || error.diagnostic.code != "E0001"
        return isFinal ? failed(error.diagnostic) : nil
      }
    }
  }

  private static func readYAML(
    _ bytes: [UInt8], file: String, limits: YAMLLimits, hasUnusualBreaks: Bool
  ) -> ParsedYAML {
    var result = ParsedYAML()
    lazy var end = SourcePositions.location(of: bytes.count, in: bytes, file: file)
    var start = 0
    var lineOffset = 0
    for _ in 0..<limits.maximumSyntaxErrors {
      let positions = SourcePositions(
        file: file, bytes: bytes, start: start, lineOffset: lineOffset,
        hasUnusualBreaks: hasUnusualBreaks)
      let failure = bytes[start...].withUnsafeBufferPointer { buffer -> (Diagnostic, Int)? in
        var builder = TreeBuilder(EventParser(buffer, positions: positions), limits: limits)
        defer {
          result.documents += builder.documents
          result.diagnostics += builder.findings
        }
        do throws(YAMLFailure) {
          try builder.run()
          return nil
        } catch {
          return (error.diagnostic, builder.documentLine)
        }
      }
      guard let failure else { break }
      var diagnostic = failure.0
      // libyaml puts the end of a text without a last line end on the line after it.
      diagnostic.location = diagnostic.location.map { min($0, end) }
      result.diagnostics.append(diagnostic)
      result.hasSyntaxErrors = true
      let after = max(diagnostic.location?.line ?? 0, failure.1 + 1, lineOffset + 2)
      guard
        let next = documentMarker(in: bytes, from: start, line: lineOffset + 1, atLeast: after)
      else { break }
      (start, lineOffset) = (next.byte, next.line - 1)
    }
    return result
  }

  /// The first line at or after `atLeast` that begins a document with `---`.
  private static func documentMarker(
    in bytes: [UInt8], from start: Int, line: Int, atLeast: Int
  ) -> (byte: Int, line: Int)? {
    var line = line
    var isLineStart = true
    for index in start..<bytes.count {
      if isLineStart, line >= atLeast, bytes[index...].starts(with: [0x2D, 0x2D, 0x2D]),
        index + 3 == bytes.count || [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index + 3])
      {
        return (index, line)
      }
      isLineStart = SourcePositions.isLineEnd(bytes, index)
      if isLineStart { line += 1 }
    }
    return nil
  }
}

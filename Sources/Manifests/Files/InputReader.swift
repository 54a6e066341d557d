import Foundation
public import GantryModel

/// Finds and reads the files that a user names: files, folders, `-` and kustomizations.
public struct InputReader: Sendable {
  /// Limits of single files.
  public var limits: YAMLLimits
  /// Where `-` reads from.
  public var standardInput: @Sendable () throws -> [UInt8]

  /// Reads `-` from the process's standard input unless told otherwise.
  public init(
    limits: YAMLLimits = YAMLLimits(),
    standardInput: (@Sendable () throws -> [UInt8])? = nil
  ) {
    self.limits = limits
    self.standardInput =
      standardInput ?? {
        try Array(FileHandle.standardInput.read(upToCount: limits.maximumBytes + 1) ?? Data())
      }
  }

  /// Reads everything that the paths name, each file once.
  /// - Throws: `InputReadError` with every path that cannot be read.
  public func read(_ paths: [String], sink: DiagnosticSink) throws(InputReadError) -> InputFiles {
    var walk = InputWalk(reader: self, sink: sink)
    for path in paths { walk.visit(root: path) }
    guard walk.failures.isEmpty else { throw InputReadError(walk.failures) }
    return walk.result
  }

  /// One file or `-`, with the name that is shown to the user.
  func readOne(
    _ path: String
  ) throws(InputReadError) -> (name: String, bytes: [UInt8], text: String) {
    guard path == "-" else {
      let bytes = try bytes(of: path)
      return (path, bytes, text(bytes))
    }
    do {
      let bytes = try standardInput()
      return ("<stdin>", bytes, text(bytes))
    } catch {
      throw InputReadError([.init(path: "<stdin>", reason: Self.reason(error))])
    }
  }

  /// The text to show lines of, without a byte order mark.
  func text(_ content: [UInt8]) -> String {
    let shown = content.prefix(limits.maximumBytes)
    let start = shown.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return String(decoding: shown[start...], as: UTF8.self)
  }

  /// The bytes of one file, at most one more than the limit.
  func bytes(of path: String) throws(InputReadError) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      return try Array(handle.read(upToCount: limits.maximumBytes + 1) ?? Data())
    } catch {
      throw InputReadError([.init(path: path, reason: Self.reason(error))])
    }
  }

  /// What the system said, in words.
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    let code = underlying?.domain == NSPOSIXErrorDomain ? underlying?.code : nil
    switch (code, error.code) {
    case (Int(ENOENT)?, _), (_, NSFileReadNoSuchFileError), (_, NSFileNoSuchFileError):
      return "no such file or folder"
    case (Int(EACCES)?, _), (_, NSFileReadNoPermissionError): return "permission denied"
    default: return (underlying ?? error).localizedDescription
    }
  }
}

/// What was found.
public struct InputFiles: Sendable {
  /// One file with its documents.
  public struct File: Sendable {
    /// The path as shown to the user.
    public var path: String
    /// Its documents.
    public var documents: [YAMLNode]
    /// Whether it was found in a folder: then what is no Kubernetes object is skipped.
    public var isDiscovered: Bool
  }

  /// The files in the order they were found.
  public var files: [File] = []
  /// Files found in folders and not used.
  public var skipped: [SkippedFile] = []
  /// The texts of all files read.
  public var texts = SourceTexts()
}

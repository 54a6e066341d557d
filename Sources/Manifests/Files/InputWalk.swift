import Foundation
import GantryModel

/// One pass over the paths that a user named.
struct InputWalk {
  let reader: InputReader
  let sink: DiagnosticSink
  private(set) var result = InputFiles()
  private(set) var failures: [InputReadError.Failure] = []
  /// Real paths of files and folders that were visited: symbolic links cannot lead in circles.
  private var visited: Set<String> = []

  /// Starts with nothing visited.
  init(reader: InputReader, sink: DiagnosticSink) {
    self.reader = reader
    self.sink = sink
  }

  /// Reads one path as the user gave it.
  mutating func visit(root path: String) {
    if path == "-" {
      visitStandardInput()
      return
    }
    guard let kind = FileKind(path) else {
      failures.append(.init(path: path, reason: "no such file or folder"))
      return
    }
    guard kind == .folder else {
      visitNamedFile(path)
      return
    }
    guard !visited.contains(realPath(path)) else { return }
    let before = (result.files.count, failures.count, errorCount)
    visit(folder: path)
    guard before == (result.files.count, failures.count, errorCount) else { return }
    let skipped = result.skipped.count { $0.path.hasPrefix(path) }
    let found =
      skipped == 0
      ? "no .yaml, .yml or .json files"
      : "no Kubernetes objects (\(skipped) file\(skipped == 1 ? "" : "s") skipped)"
    sink.error(
      "E0015",
      "the folder '\(path)' has \(found); expected manifests such as Pipelines, Tasks or MachineSets",
      at: nil)
  }

  private var errorCount: Int { sink.diagnostics.count { $0.severity == .error } }

  private mutating func visitStandardInput() {
    guard visited.insert("-").inserted else { return }
    do {
      add(try reader.standardInput(), path: "<stdin>", isDiscovered: false)
    } catch {
      failures.append(.init(path: "<stdin>", reason: InputReader.reason(error)))
    }
  }

  private mutating func visitNamedFile(_ path: String) {
    if Kustomization.fileNames.contains(name(of: path)), readKustomization(path) != nil { return }
    visit(file: path, isDiscovered: false)
  }

  /// Reads the folder's kustomization, its other files and its folders, sorted by name.
  private mutating func visit(folder path: String) {
    guard visited.insert(realPath(path)).inserted else { return }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      failures.append(.init(path: path, reason: InputReader.reason(error)))
      return
    }
    var unused: Set<String> = []
    for name in names where Kustomization.fileNames.contains(name) {
      unused.formUnion(readKustomization(join(path, name)) ?? [])
    }
    for name in names where !name.hasPrefix(".") {
      visit(entry: join(path, name), name: name, unused: unused)
    }
    if names.contains(".tekton") {
      sink.note(
        "N0001", "'\(join(path, ".tekton"))' is hidden and was not read; name it to read it",
        at: nil)
    }
  }

  private mutating func visit(entry path: String, name: String, unused: Set<String>) {
    switch FileKind(path) {
    case .folder?:
      if name == "node_modules" {
        result.skipped.append(.init(path: path, reason: "a folder of packages"))
      } else {
        visit(folder: path)
      }
    case .file?:
      let lowercased = name.lowercased()
      guard [".yaml", ".yml", ".json"].contains(where: lowercased.hasSuffix) else { return }
      if unused.contains(realPath(path)) {
        guard visited.insert(realPath(path)).inserted else { return }
        result.skipped.append(
          .init(path: path, reason: "used by a kustomization in a way that is not applied"))
      } else {
        visit(file: path, isDiscovered: true)
      }
    case .other?: result.skipped.append(.init(path: path, reason: "not a regular file"))
    case nil: result.skipped.append(.init(path: path, reason: "a link that leads nowhere"))
    }
  }

  private mutating func visit(file path: String, isDiscovered: Bool) {
    guard visited.insert(realPath(path)).inserted else { return }
    do {
      add(try reader.bytes(of: path), path: path, isDiscovered: isDiscovered)
    } catch {
      failures += error.failures
    }
  }

  /// Reads a kustomization's resources; the paths it uses otherwise are returned.
  ///
  /// nil when the file is something else under that name.
  private mutating func readKustomization(_ path: String) -> Set<String>? {
    guard !visited.contains(realPath(path)) else { return [] }
    let content: [UInt8]
    do {
      content = try reader.bytes(of: path)
    } catch {
      failures += error.failures
      return []
    }
    let parsed = YAMLLoader.parse(content, file: path, limits: reader.limits)
    guard Kustomization.isKustomization(parsed.documents.first) else { return nil }
    visited.insert(realPath(path))
    parsed.diagnostics.forEach(sink.add)
    result.texts.add(String(decoding: content, as: UTF8.self), file: path)
    guard let node = parsed.documents.first else { return [] }
    let kustomization = Kustomization(node, sink: sink)
    let folder = (path as NSString).deletingLastPathComponent
    for resource in kustomization.resources { visit(resource: resource, of: folder) }
    return Set(
      kustomization.otherTexts.map { join(folder, $0) }.filter { FileKind($0) == .file }
        .map(realPath))
  }

  private mutating func visit(resource: Located<String>, of folder: String) {
    let path = simplified(join(folder, resource.value))
    switch FileKind(path) {
    case .folder?: visit(folder: path)
    case .file?: visit(file: path, isDiscovered: false)
    case .other?, nil:
      if Kustomization.isRemote(resource.value) {
        sink.warning(
          "W0002", "the remote resource '\(resource.value)' is not read", at: resource.location,
          suggestion: "download it and name the file")
      } else {
        sink.error(
          "E0016", "the resource '\(resource.value)' does not exist", at: resource.location)
      }
    }
  }

  private mutating func add(_ content: [UInt8], path: String, isDiscovered: Bool) {
    if isDiscovered, let reason = skipReason(content) {
      result.skipped.append(.init(path: path, reason: reason))
      return
    }
    let parsed = YAMLLoader.parse(content, file: path, limits: reader.limits)
    result.texts.add(reader.text(content), file: path)
    if isDiscovered, parsed.hasSyntaxErrors, contains(content, Array("{{".utf8)) {
      result.skipped.append(.init(path: path, reason: "a template, not YAML"))
      let place = parsed.diagnostics.first { $0.severity == .error }?.location
      sink.warning(
        "W0001", "the file is a template ('{{') and not YAML; it is skipped", at: place,
        suggestion: "render it first, for example with 'helm template'")
      return
    }
    parsed.diagnostics.forEach(sink.add)
    result.files.append(
      .init(path: path, documents: parsed.documents, isDiscovered: isDiscovered))
  }

  private func skipReason(_ content: [UInt8]) -> String? {
    if content.count > reader.limits.maximumBytes { return "larger than what is read" }
    if !contains(content, Array("apiversion".utf8)) {
      return "not a Kubernetes object (no apiVersion)"
    }
    return nil
  }

  /// Whether bytes hold a text, in ASCII and with case ignored.
  private func contains(_ content: [UInt8], _ lowercased: [UInt8]) -> Bool {
    content.withUnsafeBufferPointer { bytes in
      guard bytes.count >= lowercased.count else { return false }
      func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
      for start in 0...(bytes.count - lowercased.count) where lower(bytes[start]) == lowercased[0] {
        var length = 1
        while length < lowercased.count, lower(bytes[start + length]) == lowercased[length] {
          length += 1
        }
        if length == lowercased.count { return true }
      }
      return false
    }
  }

  private func name(of path: String) -> String { (path as NSString).lastPathComponent }

  private func join(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The path without `x/..`, where that leads to the same place.
  private func simplified(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if part == "..", let last = parts.last, !["..", "", "."].contains(last) {
        parts.removeLast()
      } else if part != "." || parts.isEmpty {
        parts.append(part)
      }
    }
    let result = parts.joined(separator: "/")
    return !result.isEmpty && realPath(result) == realPath(path) ? result : path
  }

  private func realPath(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}

/// What a path leads to, links followed.
enum FileKind {
  case file
  case folder
  case other

  /// nil when the path leads nowhere.
  init?(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue {
      self = .folder
      return
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    let type = attributes?[.type] as? FileAttributeType
    self = type == .typeRegular || type == nil ? .file : .other
  }
}

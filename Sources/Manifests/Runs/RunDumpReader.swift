public import GantryModel

/// Reads dumps of PipelineRuns, TaskRuns, pods and nodes (`kubectl get … -o json`).
public struct RunDumpReader {
  private let sink: DiagnosticSink
  private var dump = RunDump()
  private var known: Set<String> = []
  private var embedded: [ObservedTaskRun] = []

  /// Reports to a sink.
  private init(sink: DiagnosticSink) { self.sink = sink }

  /// Reads files, `-` for standard input; lists and single objects, as JSON or YAML.
  /// - Throws: `InputReadError` with every file that cannot be read.
  public static func read(
    _ paths: [String], input: InputReader = InputReader(), sink: DiagnosticSink
  ) throws(InputReadError) -> (dump: RunDump, texts: SourceTexts) {
    var reader = RunDumpReader(sink: sink)
    var texts = SourceTexts()
    var failures: [InputReadError.Failure] = []
    for path in paths {
      do throws(InputReadError) {
        let read = try input.readOne(path)
        texts.add(read.text, file: read.name)
        let parsed = YAMLLoader.parse(read.bytes, file: read.name, limits: input.limits)
        parsed.diagnostics.forEach(sink.add)
        if parsed.documents.isEmpty, !parsed.hasSyntaxErrors {
          sink.error(
            "E0080", "the file is empty; expected the output of 'kubectl get … -o json'",
            at: SourceLocation(file: read.name, line: 1, column: 1))
        }
        parsed.documents.forEach { reader.add($0, listKind: nil) }
      } catch {
        failures += error.failures
      }
    }
    guard failures.isEmpty else { throw InputReadError(failures) }
    return (reader.finished(), texts)
  }

  /// Adds an object, or the items of a list.
  private mutating func add(_ node: YAMLNode, listKind: String?) {
    if case .sequence(let items) = node.content {
      items.forEach { add($0, listKind: listKind) }
      return
    }
    guard case .mapping = node.content, var reader = ObjectReader(node, path: "", sink: sink)
    else {
      sink.error("E0080", "expected an object or a list, not \(node.kindName)", at: node.location)
      return
    }
    let kind = reader.string("kind")?.value
    if let items = reader.node("items") {
      let ofItems = kind.flatMap { $0.hasSuffix("List") && $0 != "List" ? $0.dropLast(4) : nil }
      guard case .sequence = items.content else {
        sink.error("E0011", "items must be a list, not \(items.kindName)", at: items.location)
        return
      }
      add(items, listKind: ofItems.map(String.init))
      return
    }
    guard let kind = kind ?? listKind else {
      sink.error("E0080", "the object has no kind", at: node.location)
      return
    }
    guard ["PipelineRun", "TaskRun", "Pod", "Node"].contains(kind) else {
      dump.skipped[kind, default: 0] += 1
      return
    }
    addObject(&reader, kind)
  }

  private mutating func addObject(_ reader: inout ObjectReader, _ kind: String) {
    guard var metadata = reader.object("metadata"), let name = metadata.string("name") else {
      sink.error("E0080", "the \(kind) has no metadata.name", at: reader.location)
      return
    }
    let namespace = metadata.string("namespace")?.value ?? ""
    guard known.insert("\(kind)/\(namespace)/\(name.value)").inserted else {
      dump.repeated += 1
      return
    }
    var object = ObjectParts(
      name: name.value, namespace: namespace, location: reader.location, sink: sink)
    object.labels = Self.texts(metadata.node("labels"))
    object.created = object.time(&metadata, "creationTimestamp")
    object.owner =
      metadata.objects("ownerReferences").compactMap { owner in
        var owner = owner
        return owner.string("kind")?.value == "PipelineRun" ? owner.string("name")?.value : nil
      }.first
    var spec = reader.object("spec")
    var status = reader.object("status")
    switch kind {
    case "Pod": dump.pods.append(object.pod(&spec))
    case "Node": dump.nodes.append(object.node(&status))
    case "TaskRun": dump.taskRuns.append(object.taskRun(&spec, &status))
    default:
      let run = object.pipelineRun(&spec, &status)
      dump.pipelineRuns.append(run)
      if let embedded = status?.node("taskRuns") { addEmbedded(embedded, of: run) }
    }
  }

  /// The TaskRuns in the status of an old PipelineRun.
  private mutating func addEmbedded(_ node: YAMLNode, of run: ObservedPipelineRun) {
    guard case .mapping(let entries) = node.content else {
      sink.error(
        "E0011", "status.taskRuns must be a mapping, not \(node.kindName)", at: node.location)
      return
    }
    for entry in entries {
      guard
        var reader = ObjectReader(
          entry.value, path: "status.taskRuns.\(entry.key.value)", sink: sink)
      else { continue }
      let object = ObjectParts(
        name: entry.key.value, namespace: run.namespace, location: entry.value.location,
        sink: sink)
      let pipelineTask = reader.string("pipelineTaskName")?.value
      var spec: ObjectReader?
      var status = reader.object("status")
      var taskRun = object.taskRun(&spec, &status)
      taskRun.pipelineRun = run.name
      taskRun.pipeline = run.pipeline
      taskRun.pipelineTask = pipelineTask
      embedded.append(taskRun)
    }
  }

  /// The dump; an object of its own says more than its copy in the status of its run.
  private func finished() -> RunDump {
    var all = dump
    all.taskRuns += embedded.filter { !known.contains("TaskRun/\($0.namespace)/\($0.name)") }
    return all
  }

  private static func texts(_ node: YAMLNode?) -> [String: String] {
    guard case .mapping(let entries)? = node?.content else { return [:] }
    return entries.reduce(into: [:]) { found, entry in
      if case .string(let text) = entry.value.content { found[entry.key.value] = text }
    }
  }
}

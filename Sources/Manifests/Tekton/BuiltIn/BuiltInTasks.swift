public import GantryModel

/// Tasks that clusters have built in, or that pipelines expect from the catalogue, in gantry's own
/// words.
///
/// Names of parameters, workspaces and results are those of the published tasks, all versions
/// together, so that references written for any of them hold. Source: tektoncd/catalog on GitHub,
/// the versions named with each task, read 2026-11-23.
public enum BuiltInTasks {
  /// The names in the library.
  public static let names: [String] = sources.map(\.name)

  /// A task by name, as the kind that the reference asks for; nil when the library has none.
  ///
  /// A name such as `openshift-pipelines/git-clone` asks for the task of OpenShift Pipelines.
  public static func task(named name: String, kind: String) -> Task? {
    guard kind == "Task" || kind == "ClusterTask", var task = tasks[name] else { return nil }
    task.kind = kind
    return task
  }

  /// One task in text.
  struct Source: Sendable {
    var name: String
    var text: String

    /// The name shown as the file.
    var file: String { "<built-in>/\(name).yaml" }
  }

  static let sources: [Source] = [
    gitClone, maven, buildah, npm, skopeoCopy, kaniko, openshiftClient, sourceToImage, gitCLI,
  ]

  private static let tasks: [String: Task] = {
    var tasks: [String: Task] = [:]
    for source in sources + openShiftSources {
      tasks[source.name] = read(source, sink: DiagnosticSink())
    }
    return tasks
  }()

  /// Reads a text with the decoder that reads users' files.
  static func read(_ source: Source, sink: DiagnosticSink) -> Task? {
    var set = ManifestSet()
    for node in YAMLLoader.load(source.text, file: source.file, sink: sink) {
      TektonDecoder.decode(
        kind: "Task", apiVersion: "tekton.dev/v1", node: node, into: &set, sink: sink)
    }
    guard !sink.hasErrors, var task = set.tasks.first else { return nil }
    task.isBuiltIn = true
    return task
  }
}

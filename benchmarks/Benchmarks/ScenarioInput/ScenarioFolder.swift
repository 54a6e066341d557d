internal import Foundation
package import GantryCloud
package import GantryCompiler
internal import GantryManifests
internal import GantryModel

/// A folder with a scenario file, compiled as the command line does.
package struct ScenarioFolder {
  package let path: String
  package let catalog: Catalog

  /// The folder of the article's htop build, beside this package.
  package static let htop: String = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.path + "/scenarios/article/htop"
  }()

  /// What stands in the way of a compilation.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Looks for the built-in catalogue.
  package init(path: String) throws {
    self.path = path
    catalog = try Catalog(folder: try CatalogFolder.builtIn())
  }

  /// The plan and what its bill needs, with fields set as `path=value`.
  package func compile(settings: [String] = []) throws -> Compilation {
    let sink = DiagnosticSink()
    let read = try ScenarioFileReader.read(
      path: path + "/scenario.yaml", settings: settings, sink: sink)
    guard let scenario = read.file else { throw failure(sink) }
    let manifests = try manifests(scenario.manifests.map(\.value), orElse: [path], sink: sink)
    let cluster =
      scenario.cluster.isEmpty
      ? manifests : try self.manifests(scenario.cluster.map(\.value), orElse: [], sink: sink)
    var input = CompilerInput(
      scenario: scenario, name: "benchmark", manifests: manifests, cluster: cluster,
      clusterOrigin: path, catalog: catalog)
    input.builtInTask = { BuiltInTasks.task(named: $0, kind: $1) }
    guard let compilation = ScenarioCompiler(input, sink: sink).compile() else {
      throw failure(sink)
    }
    return compilation
  }

  private func manifests(
    _ paths: [String], orElse fallback: [String], sink: DiagnosticSink
  ) throws -> ManifestSet {
    let full = paths.map { $0.hasPrefix("/") ? $0 : path + "/" + $0 }
    return try ManifestReader.read(paths: full.isEmpty ? fallback : full, sink: sink).manifests
  }

  private func failure(_ sink: DiagnosticSink) -> Failure {
    Failure(
      description: sink.diagnostics.filter { $0.severity == .error }
        .map { "\($0.code): \($0.message)" }.joined(separator: "\n"))
  }
}

public import GantryModel

extension ManifestReader {
  /// Reads objects from texts that were read before, such as the inputs of a stored result.
  ///
  /// What is no Kubernetes object is skipped, as it is in a folder.
  public static func read(
    texts: [(file: String, text: String)], sink: DiagnosticSink
  ) -> (manifests: ManifestSet, texts: SourceTexts) {
    var files = InputFiles()
    for (file, text) in texts {
      let parsed = YAMLLoader.parse(Array(text.utf8), file: file)
      parsed.diagnostics.forEach(sink.add)
      files.texts.add(text, file: file)
      files.files.append(.init(path: file, documents: parsed.documents, isDiscovered: true))
    }
    return (decode(files, sink: sink), files.texts)
  }
}

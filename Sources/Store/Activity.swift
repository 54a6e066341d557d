internal import GantryModel

/// What a stretch of time went into, without when: the same few come again in every run, so that
/// each is a row of its own.
struct Activity: Hashable {
  /// nil for segments, whose TaskRun says it, and for the PipelineRun's own controller.
  var pipelineTask: String?
  var kind: TimeKind
  var label: String
  /// Identifiers of the assumptions it rests on.
  var assumptions: [String] = []

  /// Hashes without the names of the assumptions, which are long and seldom tell activities apart.
  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(label)
    hasher.combine(pipelineTask)
    hasher.combine(assumptions.count)
  }
}

extension Activity {
  /// What a segment of a TaskRun was.
  init(_ segment: SegmentRecord) {
    self.init(kind: segment.kind, label: segment.label)
  }

  /// What a stretch of a critical path was.
  init(_ path: PathRecord) {
    self.init(
      pipelineTask: path.pipelineTask, kind: path.segment.kind, label: path.segment.label,
      assumptions: path.assumptions)
  }
}

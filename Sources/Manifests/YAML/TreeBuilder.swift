import GantryModel

/// Builds the documents of a stream from its events, without recursion.
struct TreeBuilder {
  private struct Built {
    var node: YAMLNode
    /// Values inside, itself included, with aliases expanded.
    var weight: Int
    /// Levels of lists and mappings inside, itself included.
    var height: Int
  }

  private struct Frame {
    let isMapping: Bool
    let location: SourceLocation
    let anchor: String?
    var items: [YAMLNode] = []
    var entries: [YAMLNode.Entry] = []
    var key: Located<String>?
    var isMergeKey = false
    var merged: [YAMLNode.Entry] = []
    var weight = 1
    var height = 0
  }

  private let parser: EventParser
  private let limits: YAMLLimits
  private var frames: [Frame] = []
  private var anchors: [String: Built] = [:]
  private var aliased = 0
  private var root: YAMLNode?

  /// The documents read so far; empty ones are left out.
  private(set) var documents: [YAMLNode] = []
  /// Findings that do not stop the reading, such as repeated keys.
  private(set) var findings: [Diagnostic] = []
  /// The line of the last document's beginning.
  private(set) var documentLine = 0

  /// Starts before the first event.
  init(_ parser: EventParser, limits: YAMLLimits) {
    self.parser = parser
    self.limits = limits
  }

  /// Reads to the end of the stream.
  /// - Throws: What stopped the reading; the documents before it remain.
  mutating func run() throws(YAMLFailure) {
    while true {
      let (event, location) = try parser.next()
      switch event {
      case .documentStart:
        (anchors, frames, root, aliased) = ([:], [], nil, 0)
        documentLine = location.line
      case .documentEnd:
        if let root, !root.isNull { documents.append(root) }
      case .streamEnd: return
      case .alias(let name): try addAlias(name, location)
      case .scalar(let text, let tag, let isPlain, let anchor):
        try addScalar(text, tag: tag, isPlain: isPlain, anchor: anchor, location)
      case .sequenceStart(let anchor):
        try open(Frame(isMapping: false, location: location, anchor: anchor))
      case .mappingStart(let anchor):
        try open(Frame(isMapping: true, location: location, anchor: anchor))
      case .collectionEnd: try close()
      }
    }
  }

  private mutating func open(_ frame: Frame) throws(YAMLFailure) {
    if let top = frames.last, top.isMapping, top.key == nil {
      throw YAMLFailure(
        "E0009", "a key must be a text, not a \(frame.isMapping ? "mapping" : "list")",
        at: frame.location, suggestion: "quote values that begin with '{' or '['")
    }
    frames.append(frame)
    if frames.count > limits.maximumDepth { throw tooDeep(frame.location) }
  }

  private func tooDeep(_ location: SourceLocation) -> YAMLFailure {
    YAMLFailure(
      "E0004", "nested more than \(limits.maximumDepth) levels deep", at: location)
  }

  private mutating func close() throws(YAMLFailure) {
    guard var frame = frames.popLast() else { return }
    let content: YAMLNode.Content
    if frame.isMapping {
      reportDuplicates(frame.entries)
      merge(&frame)
      content = .mapping(frame.entries)
    } else {
      content = .sequence(frame.items)
    }
    let built = Built(
      node: YAMLNode(content, at: frame.location), weight: frame.weight, height: frame.height + 1)
    if let anchor = frame.anchor { anchors[anchor] = built }
    try add(built)
  }

  private mutating func addAlias(_ name: String, _ location: SourceLocation) throws(YAMLFailure) {
    guard let built = anchors[name] else {
      throw YAMLFailure(
        "E0006", "the alias '*\(name)' names no anchor", at: location,
        suggestion: nearestName(to: name, in: anchors.keys.sorted()).map {
          "did you mean '*\($0)'?"
        })
    }
    if let top = frames.last, top.isMapping, top.key == nil {
      guard case .string(let text) = built.node.content else {
        throw YAMLFailure("E0009", "a key must be a text, not \(built.node.kindName)", at: location)
      }
      frames[frames.count - 1].key = Located(text, at: location)
      return
    }
    aliased += built.weight
    guard aliased <= limits.maximumAliasedNodes else {
      throw YAMLFailure(
        "E0005",
        "the aliases of this document repeat more than \(limits.maximumAliasedNodes) values",
        at: location)
    }
    guard frames.count + built.height <= limits.maximumDepth else { throw tooDeep(location) }
    try add(built)
  }

  private mutating func addScalar(
    _ text: String, tag: String?, isPlain: Bool, anchor: String?, _ location: SourceLocation
  ) throws(YAMLFailure) {
    if let top = frames.last, top.isMapping, top.key == nil {
      try setKey(text, tag: tag, isPlain: isPlain, location)
      if let anchor {
        anchors[anchor] = Built(node: YAMLNode(.string(text), at: location), weight: 1, height: 0)
      }
      return
    }
    guard let content = content(text, tag: tag, isPlain: isPlain) else {
      findings.append(
        Diagnostic(.error, "E0010", "'\(text)' is not a number that JSON can hold", at: location))
      try add(Built(node: YAMLNode(.null, at: location), weight: 1, height: 0))
      return
    }
    let built = Built(node: YAMLNode(content, at: location), weight: 1, height: 0)
    if let anchor { anchors[anchor] = built }
    try add(built)
  }

  private func content(_ text: String, tag: String?, isPlain: Bool) -> YAMLNode.Content? {
    switch tag {
    case nil: isPlain ? ScalarResolution.resolve(text) : .string(text)
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      ScalarResolution.resolve(text)
    default: .string(text)
    }
  }

  private mutating func setKey(
    _ text: String, tag: String?, isPlain: Bool, _ location: SourceLocation
  ) throws(YAMLFailure) {
    let top = frames.count - 1
    if text == "<<", tag == nil, isPlain {
      frames[top].isMergeKey = true
      frames[top].key = Located(text, at: location)
      return
    }
    switch content(text, tag: tag, isPlain: isPlain) {
    case .bool(let flag): frames[top].key = Located(flag ? "true" : "false", at: location)
    case .number(let number): frames[top].key = Located(number, at: location)
    case .string(let text): frames[top].key = Located(text, at: location)
    default: throw YAMLFailure("E0009", "a key must be a text, not null", at: location)
    }
  }

  private mutating func add(_ built: Built) throws(YAMLFailure) {
    guard let top = frames.indices.last else {
      root = built.node
      return
    }
    frames[top].weight += built.weight
    frames[top].height = max(frames[top].height, built.height)
    guard frames[top].isMapping else {
      frames[top].items.append(built.node)
      return
    }
    guard let key = frames[top].key else { return }
    frames[top].key = nil
    if frames[top].isMergeKey {
      frames[top].isMergeKey = false
      try addMerge(built.node, at: key.location)
    } else {
      frames[top].entries.append(.init(key: key, value: built.node))
    }
  }

  private mutating func addMerge(
    _ node: YAMLNode, at location: SourceLocation
  ) throws(YAMLFailure) {
    let sources: [YAMLNode] = if case .sequence(let items) = node.content { items } else { [node] }
    for source in sources {
      guard case .mapping(let entries) = source.content else {
        throw YAMLFailure(
          "E0008", "'<<' merges mappings, not \(source.kindName)", at: location)
      }
      frames[frames.count - 1].merged += entries
    }
  }

  /// Adds the merged entries whose keys are not written; the first source of a key wins.
  private func merge(_ frame: inout Frame) {
    guard !frame.merged.isEmpty else { return }
    var known = Set(frame.entries.map(\.key.value))
    for entry in frame.merged where known.insert(entry.key.value).inserted {
      frame.entries.append(entry)
    }
  }

  private mutating func reportDuplicates(_ entries: [YAMLNode.Entry]) {
    findings += DuplicateKeys.findings(entries)
  }
}

/// Finds keys that a mapping has twice.
enum DuplicateKeys {
  /// How many repeated keys of one mapping are reported.
  private static let maximumFindings = 20

  /// An error for each repeated key, with a note at its first place; not more than twenty.
  static func findings(_ entries: [YAMLNode.Entry]) -> [Diagnostic] {
    guard entries.count > 1 else { return [] }
    var first: [String: SourceLocation] = [:]
    first.reserveCapacity(entries.count)
    var findings: [Diagnostic] = []
    for entry in entries where findings.count < maximumFindings {
      if let place = first[entry.key.value] {
        findings.append(
          Diagnostic(
            .error, "E0007", "the key '\(entry.key.value)' is there twice",
            at: entry.key.location, notes: [.init("first written here", at: place)]))
      } else {
        first[entry.key.value] = entry.key.location
      }
    }
    return findings
  }
}

import GantryModel

/// dd: one file, block by block.
struct DdCommand: CommandModel {
  let names = ["dd"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    var options: [String: String] = [:]
    for text in call.texts {
      guard let equals = text.firstIndex(of: "=") else { continue }
      options[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    let block = options["bs"].flatMap(Self.bytes) ?? 512
    let source = options["if"].map { scene.paths.place($0, from: call.directory) }
    let isDevice = options["if"]?.hasPrefix("/dev/") ?? true
    let input = source == nil ? scene.takeInput() : nil
    let countsBytes = options["iflag"]?.contains("count_bytes") ?? false
    var size = options["count"].flatMap(Self.bytes).map { countsBytes ? $0 : $0 * block }
    if let input { size = min(size ?? .infinity, input.bytes) }
    if size == nil { size = length(options["if"], source, scene) }
    guard let size else {
      scene.countFree()
      return .success
    }
    let target = options["of"].flatMap { $0.hasPrefix("/dev/") ? nil : $0 }
    guard size.isFinite else {
      if target != nil { scene.runForever("'dd' without a count, which reads a device,") }
      return .printing(ByteStream(bytes: size, label: "dd"))
    }
    var demands = input?.demands ?? []
    scene.tally.read += scene.counted(.startReads)
    if let source, !isDevice {
      demands += scene.bigFile(.read, source.volume, size)
    } else {
      scene.tally.read += size
    }
    let seconds =
      scene.value(.copyFixedCPU) + scene.value(.copyContentPerGiB) * size.gibibytes
    if options["of"] == nil {
      var stream = ByteStream(bytes: size, content: input?.content ?? .mixed, label: "dd")
      stream.demands = demands + scene.cpu(.files, scene.reference(seconds))
      return .printing(stream)
    }
    if let path = target {
      let place = scene.paths.place(path, from: call.directory)
      let isSynchronous =
        ["sync", "dsync"].contains { options["oflag"]?.contains($0) ?? false }
      demands +=
        isSynchronous
        ? synchronous(place.volume, size, block, scene)
        : scene.bigFile(.write, place.volume, size)
      scene.remember(Tree(bytes: size, files: 1, content: .packed), at: place)
    }
    scene.emit("dd", kind: .files, cpu: scene.reference(seconds), demands)
    scene.countKnown()
    return .success
  }

  /// How much there is to read where no count says it: all of a file, no end of a device.
  private func length(_ path: String?, _ source: Place?, _ scene: Scene) -> Double? {
    guard let path, let source else { return nil }
    if path.hasPrefix("/dev/") { return path == "/dev/null" ? nil : .infinity }
    return scene.known(at: source)?.tree.bytes ?? scene.value(.unknownFile)
  }

  /// Writes that each wait until they are stored: one call per block.
  private func synchronous(
    _ volume: VolumeID, _ size: Double, _ block: Double, _ scene: Scene
  ) -> [Demand] {
    guard scene.isNetwork(volume) else { return scene.bigFile(.write, volume, size) }
    scene.tally.written += size
    let calls = (size / block).rounded(.up) + scene.value(.bigFileFixedCalls)
    return [
      .transfer(.init(.write, scene.target(of: volume), bytes: size, operations: calls))
    ]
  }

  /// A number with one of dd's suffixes, in bytes.
  static func bytes(_ text: String) -> Double? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    switch text.dropFirst(digits.count) {
    case "": return number
    case "c": return number
    case "k", "K", "KiB": return number * 1024
    case "M", "MiB": return number * 1_048_576
    case "G", "GiB": return number * 1_073_741_824
    case "T", "TiB": return number * 1_099_511_627_776
    case "b": return number * 512
    case "w": return number * 2
    case "kB": return number * 1000
    case "MB": return number * 1e6
    case "GB": return number * 1e9
    default: return nil
    }
  }
}

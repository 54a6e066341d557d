import GantryModel

extension Scene {
  /// The volume that holds the bytes: a container being built lies in its storage folder.
  func home(of volume: VolumeID) -> VolumeID { homes[volume] ?? volume }

  /// Where the bytes of a volume go.
  func target(of volume: VolumeID) -> IOTarget {
    switch home(of: volume) {
    case .claim(let index): .claim(index)
    case .pod(_, let inMemory): inMemory ? .memory : .nodeDisk
    case .container, .outside: .nodeDisk
    case .configuration: .memory
    }
  }

  /// The file system that a volume lies on.
  func fileSystem(of volume: VolumeID) -> FileSystem {
    if case .claim(let index) = home(of: volume) {
      return localClaims.contains(index) ? .ext4 : .network
    }
    return target(of: volume) == .memory ? .memory : configuration.nodeFileSystem
  }

  /// Whether each file operation on a volume is a round trip.
  func isNetwork(_ volume: VolumeID) -> Bool { fileSystem(of: volume) == .network }

  /// A small file that a redirection writes; only a network notices.
  func emitSmallWrite(on volume: VolumeID) {
    guard isNetwork(volume) else { return }
    emit(
      "write a small file",
      [
        .transfer(
          .init(.write, target(of: volume), bytes: 0, operations: value(.createCalls)))
      ])
  }

  /// Bytes written to a volume that are not calls worth counting: spools, layers, copies; all of them
  /// stay unless `kept` says how many.
  func spool(
    _ volume: VolumeID, _ bytes: Double, kept: Double? = nil, operations: Double = 0
  ) -> [Demand] {
    tally.written += bytes
    return blocks(volume, bytes, kept: kept, operations: operations)
  }

  /// Bytes that reach a volume's device, which write calls may not have counted; all of them stay
  /// unless `kept` says how many.
  func blocks(
    _ volume: VolumeID, _ bytes: Double, kept: Double? = nil, operations: Double = 0
  ) -> [Demand] {
    guard bytes > 0 || operations > 0 else { return [] }
    noteStored(volume, kept: kept ?? bytes, scratch: bytes - (kept ?? bytes))
    let counted = isNetwork(volume) ? operations : 0
    return [
      .transfer(.init(.write, target(of: volume), bytes: bytes, operations: counted))
    ]
  }

  /// One big file, read or written from end to end.
  func bigFile(_ direction: IODirection, _ volume: VolumeID, _ bytes: Double) -> [Demand] {
    tally.count(direction, bytes)
    guard bytes > 0, isVisible(direction, volume) else { return [] }
    if direction == .write {
      noteStored(volume, kept: bytes)
      countMountProgram(volume, Tree(bytes: bytes, files: 1))
    }
    guard isNetwork(volume) else {
      return [.transfer(.init(direction, target(of: volume), bytes: bytes))]
    }
    let transfers = (bytes / value(.bigFileTransfer)).rounded(.up)
    var calls = transfers + value(.bigFileFixedCalls)
    if direction == .write, transfers > 1 { calls += value(.bigFileCommitCalls) }
    return [
      .transfer(
        .init(
          direction, target(of: volume), bytes: bytes, operations: calls.rounded(.up),
          concurrency: value(.bigFileConcurrency)))
    ]
  }

  /// Many small files, one after the other; all calls count in the direction of the bytes.
  ///
  /// About a quarter of the calls of a write are look-ups, which are quicker; all as writes give the
  /// 63 files/s that one thread was measured to create on EFS in 2018.
  func smallFiles(
    _ direction: IODirection, _ volume: VolumeID, _ tree: Tree, calls: TreeCalls,
    concurrency: Double = 1
  ) -> [Demand] {
    tally.count(direction, tree.bytes)
    guard tree.files > 0, isVisible(direction, volume) else { return [] }
    if direction == .write {
      noteStored(volume, kept: tree.bytes)
      countMountProgram(volume, tree)
    }
    guard isNetwork(volume) else {
      let calls = home(of: volume).isClaim ? value(.blockFileOperations) * tree.files : 0
      return [
        .transfer(.init(direction, target(of: volume), bytes: tree.bytes, operations: calls))
      ]
    }
    return [
      .transfer(
        .init(
          direction, target(of: volume), bytes: tree.bytes, operations: self.calls(calls, tree),
          concurrency: concurrency))
    ]
  }

  /// The calls for a tree: those of its files and directories, and one more for each transfer by
  /// which a file is longer than one.
  func calls(_ formula: TreeCalls, _ tree: Tree) -> Double {
    var large = 0.0
    if tree.files > 0, tree.bytes > 0 {
      let transfer = value(.bigFileTransfer)
      large = tree.files * (tree.bytes / tree.files / transfer).rounded(.down)
    }
    let perFile = tree.files == 0 ? 0 : value(formula.perFile) * tree.files
    let perDirectory = tree.directories == 0 ? 0 : value(formula.perDirectory) * tree.directories
    return value(formula.fixed) + perFile + perDirectory + large
  }

  /// A download from a server.
  func download(
    _ host: String, bytes: Double, requests: Double, connections: Double
  ) -> [Demand] {
    [.transfer(transfer(.read, host, bytes, requests, connections))]
  }

  /// An upload to a server.
  func upload(
    _ host: String, bytes: Double, requests: Double, connections: Double
  ) -> [Demand] {
    [.transfer(transfer(.write, host, bytes, requests, connections))]
  }

  private func transfer(
    _ direction: IODirection, _ host: String, _ bytes: Double, _ requests: Double,
    _ connections: Double
  ) -> Demand.Transfer {
    tally.count(direction, bytes)
    let service = tables.service(host)
    if let assumption = tables.services.all[service].assumption { rest(on: [assumption]) }
    return .init(
      direction, .service(service), bytes: bytes, operations: requests,
      concurrency: max(1, connections))
  }

  /// Reads from the node's disk come from its page cache: everything there was written just before.
  private func isVisible(_ direction: IODirection, _ volume: VolumeID) -> Bool {
    direction == .write || home(of: volume).isClaim
  }

  /// Files that a command leaves at a place: remembered and written.
  func write(
    _ tree: Tree, to place: Place, calls: TreeCalls, concurrency: Double = 1
  ) -> [Demand] {
    let demands = smallFiles(
      .write, place.volume, tree, calls: calls, concurrency: concurrency)
    remember(tree, at: place)
    return demands
  }

  /// Remembers files at a place, with the assumptions in use, beside what is there.
  func remember(_ tree: Tree, at place: Place) {
    let assumptions = pendingAssumptions
    world[place.volume].add(tree, at: place.path, assumptions: assumptions)
  }

  /// What lies at a place, whose last part may be a pattern; what cannot be seen is a named guess.
  func contents(of place: Place) -> Tree {
    if let known = known(at: place), known.tree.files > 0 {
      rest(on: known.assumptions)
      return known.tree
    }
    return Tree(bytes: value(.copyBytes), files: value(.copyFiles).rounded(), directories: 1)
  }

  /// What is known to lie at a place, whose last part may be a pattern.
  func known(at place: Place) -> (tree: Tree, assumptions: [Int])? {
    noteRead(place)
    let volume = world[place.volume]
    let folder = PathSpace.withoutPattern(place.path)
    guard folder != place.path else { return volume.summary(of: place.path) }
    let rest = place.path.dropFirst(folder.isEmpty ? 0 : folder.count + 1)
    return volume.summary(of: folder, matching: String(rest.prefix { $0 != "/" }))
  }
}

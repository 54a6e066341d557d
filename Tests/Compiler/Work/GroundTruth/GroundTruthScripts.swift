import GantryModel

@testable import GantryCompiler

extension GroundTruthScene {
  /// Plays an operation of buildah; false when the model has none of that name.
  func playBuildah(_ operation: String) -> Bool {
    switch operation {
    case "pull":
      scene.pull(base, named: "r.test/base", into: storage, by: "buildah")
    case "bud": build()
    case "bud_cached":
      build()
      scene.forget()
      build()
    case "from":
      store(base, as: "base")
      run("buildah from base")
    case "commit":
      store(base, as: "base")
      run("buildah from --name c base", isCounted: false)
      run("buildah commit c x")
    case "rm":
      store(base, as: "base")
      run("buildah from --name c base", isCounted: false)
      run("buildah rm c")
    case "push_archive":
      store(built, as: "x")
      run("buildah push x oci-archive:/local/a.tar")
    case "pull_archive", "pull_archive_again":
      let archive = scene.paths.place("/local/a.tar")
      scene.world[archive.volume].put(.archive(built), at: archive.path)
      if operation == "pull_archive_again" { store(built, as: "x") }
      run("buildah pull oci-archive:/local/a.tar")
    case "rmi":
      store(base, as: "base")
      store(built, as: "x")
      run("buildah rmi x")
    default: return playManifest(operation)
    }
    return true
  }

  private func playManifest(_ operation: String) -> Bool {
    store(built, as: "x")
    if operation == "manifest_create" {
      run("buildah manifest create list x")
      return true
    }
    run("buildah manifest create list x", isCounted: false)
    let push = "buildah manifest push --all list docker://r.test/"
    switch operation {
    case "manifest_push", "manifest_push_again_freshcache": run(push + "x")
    case "manifest_push_again_warmcache":
      run(push + "x", isCounted: false)
      run(push + "x")
    case "manifest_push_otherrepo_warmcache":
      run(push + "x", isCounted: false)
      run(push + "y")
    default: return false
    }
    return true
  }

  var storage: ContainerStorage {
    let call = CommandCall(
      name: "buildah", arguments: [], directory: "/",
      variables: ["STORAGE_DRIVER": row.isVfs ? "vfs" : "overlay"], input: nil)
    return ContainerStorage(options: CommandOptions([], valued: []), call: call, scene: scene)
  }

  /// Odd instructions COPY a new folder, even ones RUN cp -r of the one before.
  private func build() {
    if scene.world[store: storage.place].images["base"] == nil { store(base, as: "base") }
    var text = "FROM base\n"
    for number in 1...max(1, row.instructions) {
      text +=
        number % 2 == 1
        ? "COPY d\(number) /d\(number)\n" : "RUN cp -r /d\(number - 1) /d\(number)\n"
      let tree = Tree(
        bytes: row.deltaBytes, files: row.deltaFiles, directories: 1, content: row.content ?? .mixed
      )
      let place = scene.paths.place("/local/d\(number)")
      scene.world[place.volume].put(.opaque(tree, []), at: place.path)
    }
    let file = scene.paths.place("/local/Containerfile")
    scene.world[file.volume].put(.text(text), at: file.path)
    run("buildah bud --layers=\(row.commitsEach) -t x /local")
  }

  /// Plays git, tar, cp and rm in memory.
  func playFiles() -> Bool {
    let tree = Tree(bytes: row.size, files: row.files, directories: row.directories)
    let source = scene.paths.place("/local/tree")
    let archive = scene.paths.place("/local/a.tar.gz")
    scene.world[archive.volume].put(.packed(tree, bytes: row.compressed, []), at: archive.path)
    scene.world[source.volume].put(.opaque(tree, []), at: source.path)
    switch row.operation {
    case "git_clone_file": run("git clone file:///local/r /local/x")
    case "git_clone_depth1": run("git clone --depth 1 file:///local/r /local/x")
    case "git_clone_tcp": run("git clone git://127.0.0.1/r /local/x")
    case "untar_gz": run("mkdir /local/x; tar xzf /local/a.tar.gz -C /local/x")
    case "cp_a": run("cp -a /local/tree /local/x")
    case "rm_rf": run("rm -rf /local/tree")
    default: return false
    }
    return true
  }

  /// Plays a command on the network file system at `/nfs`, from or to memory at `/local`.
  func playOnNetwork() -> Bool {
    let tree = Tree(
      bytes: row.files * row.fileBytes, files: row.files, directories: row.directories)
    if row.operation.hasPrefix("buildah_vfs_") || row.operation == "cp_archive_to_nfs" {
      return playBuildahOnNetwork(tree)
    }
    for path in ["/local/tree", "/nfs/tree"] {
      let place = scene.paths.place(path)
      scene.world[place.volume].put(.opaque(tree, []), at: place.path)
    }
    let archive = scene.paths.place("/local/a.tar")
    scene.world[archive.volume].put(.packed(tree, bytes: tree.tarBytes, []), at: archive.path)
    let script: String
    switch row.operation {
    case "untar", "untar_same_owner_as_root_uid": script = "tar xf /local/a.tar -C /nfs/x"
    case "cp_a": script = "cp -a /local/tree /nfs/x"
    case "cp_r": script = "cp -r /local/tree /nfs/x"
    case "cp_a_nfs_to_nfs": script = "cp -a /nfs/tree /nfs/x"
    case "stat_tree_cold": script = "find /nfs/tree -size +1"
    case "read_tree_cold": script = "tar cf - /nfs/tree"
    case "create_rename":
      let numbers = (1...Int(row.files)).map(String.init).joined(separator: " ")
      script = "for i in \(numbers); do echo x > /nfs/t$i; mv /nfs/t$i /nfs/f$i; done"
    case "rm_rf": script = "rm -rf /nfs/tree"
    case "write_64mb": script = "dd if=/dev/zero of=/nfs/f bs=1M count=64"
    case "read_64mb_cold":
      let place = scene.paths.place("/nfs/f")
      scene.world[place.volume].put(.opaque(Tree(bytes: row.fileSize, files: 1), []), at: "f")
      script = "dd if=/nfs/f of=/dev/null bs=1M"
    case "append_1000x100_no_sync": script = "dd if=/dev/zero of=/nfs/f bs=100 count=1000"
    case "append_100x100_fsync":
      script = "dd if=/dev/zero of=/nfs/f bs=100 count=100 oflag=sync"
    case "git_clone", "git_clone_depth1": script = "git clone file:///local/r /nfs/x"
    case "git_status_cold":
      run("git clone file:///local/r /nfs/x", isCounted: false)
      script = "cd /nfs/x; git status"
    default: return false
    }
    run(script)
    return true
  }

  private func playBuildahOnNetwork(_ tree: Tree) -> Bool {
    let image = StoredImage(
      layers: [.init(tree: tree, compressed: tree.tarBytes / 1.46)], architecture: .amd64,
      distribution: .other)
    let folder = "/nfs/store"
    let archive = scene.paths.place("/local/a.tar")
    scene.world[archive.volume].put(.archive(image), at: archive.path)
    let buildah = "buildah --storage-driver vfs --root \(folder)"
    if !row.operation.hasSuffix("pull_archive") { store(image, as: "base", in: folder) }
    let container = "\(buildah) from --name c base"
    switch row.operation {
    case "buildah_vfs_pull_archive": run("\(buildah) pull oci-archive:/local/a.tar")
    case "buildah_vfs_from": run(container)
    case "buildah_vfs_commit":
      run(container, isCounted: false)
      run("\(buildah) commit c x")
    case "buildah_vfs_push_archive": run("\(buildah) push base oci-archive:/local/b.tar")
    case "buildah_vfs_rm":
      run(container, isCounted: false)
      run("\(buildah) rm c")
    case "cp_archive_to_nfs": run("cp /local/a.tar /nfs/a.tar")
    default: return false
    }
    return true
  }
}

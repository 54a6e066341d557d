public import GantryModel

extension WorkReader {
  /// What a step's container sees where: workspaces, volumes, and its own root.
  static func paths(
    _ step: ResolvedStep, _ taskRun: ResolvedTaskRun, _ run: ResolvedPipelineRun
  ) -> PathSpace {
    var paths = PathSpace(root: .container(0))
    // Volumes that Tekton adds to every pod.
    paths.mount(.pod("tekton-home", inMemory: false), at: "/tekton/home", subPath: nil)
    paths.mount(.pod("workspace", inMemory: false), at: "/workspace", subPath: nil)
    for workspace in taskRun.workspaces {
      guard let volume = volume(workspace) else { continue }
      paths.mount(volume, at: workspace.mountPath, subPath: workspace.subPath)
    }
    for mount in step.volumeMounts {
      guard let source = taskRun.volumes.first(where: { $0.name.value == mount.name })?.source
      else {
        continue
      }
      let volume = volume(source, name: mount.name, run)
      paths.mount(volume, at: mount.mountPath, subPath: mount.subPath)
    }
    return paths
  }

  private static func volume(_ workspace: ResolvedWorkspace) -> VolumeID? {
    switch workspace.binding {
    case .claim(let index): .claim(index)
    case .emptyDir(let inMemory): .pod("workspace \(workspace.name)", inMemory: inMemory)
    case .secret, .configMap, .projected, .csi: .configuration(workspace.name)
    case .unbound: nil
    }
  }

  private static func volume(
    _ source: Volume.Source, name: String, _ run: ResolvedPipelineRun
  ) -> VolumeID {
    switch source {
    case .emptyDir(let inMemory, _): .pod("volume \(name)", inMemory: inMemory)
    case .persistentVolumeClaim(let claim):
      run.claims.firstIndex { $0.claimName == claim }.map { .claim($0) }
        ?? .outside("claim \(claim)")
    case .hostPath, .other: .outside(name)
    case .secret, .configMap, .projected, .csi: .configuration(name)
    }
  }
}

extension ResolvedTaskRun {
  /// The one architecture whose nodes the pod can get; nil when both are possible.
  public var boundArchitecture: Architecture? {
    let keys = ["kubernetes.io/arch", "beta.kubernetes.io/arch"]
    for entry in podTemplate.nodeSelector where keys.contains(entry.key) {
      if let architecture = Architecture(spelling: entry.value) { return architecture }
    }
    return nil
  }
}

extension ShellInterpreter {
  /// Plays a command given as words, as a container's command and arguments are.
  mutating func run(words: [String]) -> CommandResult {
    guard !words.isEmpty else { return .success }
    positional = words.map { ShellField(text: $0) }
    return run(script: "\"$@\"")
  }
}

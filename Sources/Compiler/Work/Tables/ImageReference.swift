/// An image reference in its parts, with the registry that short names mean.
struct ImageReference: Hashable, Sendable {
  /// The registry's host.
  var registry: String
  /// The repository's path.
  var path: String
  /// The tag, or the digest; `latest` when there is none.
  var tag: String

  /// Short names as RHEL's and Fedora's `shortnames.conf` resolve them; others mean Docker Hub.
  ///
  /// Source: containers/shortnames, shortnames.conf, read 2026-11.
  private static let shortNames: [String: String] = [
    "fedora": "registry.fedoraproject.org/fedora",
    "fedora-minimal": "registry.fedoraproject.org/fedora-minimal",
    "ubi8": "registry.access.redhat.com/ubi8",
    "ubi8-minimal": "registry.access.redhat.com/ubi8-minimal",
    "ubi8/ubi": "registry.access.redhat.com/ubi8/ubi",
    "ubi8/ubi-minimal": "registry.access.redhat.com/ubi8/ubi-minimal",
    "ubi9": "registry.access.redhat.com/ubi9",
    "ubi9-minimal": "registry.access.redhat.com/ubi9-minimal",
    "ubi9/ubi": "registry.access.redhat.com/ubi9/ubi",
    "ubi9/ubi-minimal": "registry.access.redhat.com/ubi9/ubi-minimal",
    "centos": "quay.io/centos/centos",
  ]

  /// Reads a reference, with or without `docker://`.
  init(_ text: String) {
    var rest = Substring(text)
    if let transport = rest.firstRange(of: "://") { rest = rest[transport.upperBound...] }
    tag = "latest"
    if let at = rest.firstIndex(of: "@") {
      tag = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
    }
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      if tag == "latest" { tag = String(rest[rest.index(after: colon)...]) }
      rest = rest[..<colon]
    }
    let name = Self.shortNames[String(rest)] ?? String(rest)
    let first = name.prefix { $0 != "/" }
    if name.contains("/"), first.contains(".") || first.contains(":") || first == "localhost" {
      registry = String(first)
      path = String(name.dropFirst(first.count + 1))
    } else {
      registry = "docker.io"
      path = name
    }
    if registry == "docker.io", path.hasPrefix("library/") { path = String(path.dropFirst(8)) }
  }

  /// The whole name, spelt out.
  var text: String {
    "\(registry)/\(path)\(tag.contains(":") ? "@" : ":")\(tag)"
  }

  /// Whether the image's storage.conf has fuse-overlayfs mount overlays.
  ///
  /// Source: containers/buildah, contrib/buildahimage/Containerfile, and containers/podman,
  /// contrib/podmanimage: both uncomment `mount_program`, read 2026-11. RHEL's images are not known to.
  var mountsWithFuse: Bool {
    guard registry == "quay.io" else { return false }
    let parts = path.split(separator: "/").map(String.init)
    let flavors = ["stable", "testing", "upstream"]
    return parts.count == 2
      && (["buildah", "podman"].contains(parts[0]) && flavors.contains(parts[1])
        || parts[0] == "containers" && ["buildah", "podman"].contains(parts[1]))
  }

  /// The service that pulls come from.
  var pullHost: String { registry == "quay.io" ? "cdn.quay.io" : registry }
}

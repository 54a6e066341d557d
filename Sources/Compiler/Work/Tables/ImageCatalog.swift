import GantryModel

/// Sizes of well-known images.
///
/// Compressed and unpacked MB (10^6 bytes) of the amd64 image, files and layers. They are estimates
/// from what these images usually weigh in their registries, not readings of one digest; arm64
/// images differ by a few percent and are taken as equal. The scenario's `images:` replaces them.
struct ImageCatalog {
  /// One image, or all whose name starts alike.
  struct Row: Sendable {
    /// Registry and path, or only a path's beginning.
    var name: String
    /// What the tag must contain; empty for any.
    var tag: String
    var compressed: Double
    var unpacked: Double
    var files: Double
    var layers: Int
    var distribution: Distribution
    /// The architecture it exists for; nil for both.
    var only: Architecture?

    init(
      _ name: String, _ sizes: (compressed: Double, unpacked: Double), tag: String = "",
      files: Double, layers: Int = 1, _ distribution: Distribution = .redHat,
      only: Architecture? = nil
    ) {
      self.only = only
      self.name = name
      self.tag = tag
      compressed = sizes.compressed
      unpacked = sizes.unpacked
      self.files = files
      self.layers = layers
      self.distribution = distribution
    }
  }

  /// The first row that fits; rows with tags stand before those without.
  static func row(for reference: ImageReference) -> Row? {
    let name = "\(reference.registry)/\(reference.path)"
    return rows.first {
      ($0.name == name || $0.name == reference.path || name.hasSuffix("/" + $0.name))
        && ($0.tag.isEmpty || reference.tag.contains($0.tag))
    }
  }

  private static let rows: [Row] = [
    // Base images of distributions.
    Row("fedora", (70, 190), files: 9000, .fedora),
    Row("fedora-minimal", (42, 120), files: 5500, .fedora),
    Row("ubi8/ubi-minimal", (38, 96), files: 3300),
    Row("ubi8-minimal", (38, 96), files: 3300),
    Row("ubi9/ubi-minimal", (36, 95), files: 3300),
    Row("ubi9-minimal", (36, 95), files: 3300),
    Row("ubi8/ubi", (76, 205), files: 9000),
    Row("ubi8", (76, 205), files: 9000),
    Row("ubi9/ubi", (77, 215), files: 9000),
    Row("ubi9", (77, 215), files: 9000),
    Row("ubi8/ubi-micro", (11, 26), files: 1200),
    Row("ubi9/ubi-micro", (8, 24), files: 1200),
    Row("centos/centos", (58, 160), files: 9000, .centOS),
    Row("debian", (29, 77), tag: "slim", files: 4000, .debian),
    Row("debian", (49, 120), files: 6500, .debian),
    Row("ubuntu", (29, 78), files: 3500, .ubuntu),
    Row("alpine", (3.5, 7.8), files: 500, .alpine),
    Row("busybox", (2.2, 4.4), files: 450, .other),
    Row("distroless/static", (1, 2.5), files: 600, .other),
    Row("distroless/base", (10, 22), files: 1200, layers: 4, .other),
    // Languages.
    Row("ubi8/nodejs-20", (235, 660), files: 26_000, layers: 4),
    Row("ubi9/nodejs-20", (235, 660), files: 26_000, layers: 4),
    Row("ubi9/nodejs-20-minimal", (75, 220), files: 8000, layers: 2),
    Row("ubi8/openjdk-11", (145, 400), files: 11_000, layers: 2),
    Row("ubi8/openjdk-17", (150, 420), files: 11_000, layers: 2),
    Row("ubi9/openjdk-17", (155, 430), files: 11_000, layers: 2),
    Row("ubi8/openjdk-17-runtime", (125, 360), files: 6500, layers: 2),
    Row("ubi9/openjdk-17-runtime", (125, 360), files: 6500, layers: 2),
    Row("node", (45, 135), tag: "alpine", files: 5500, layers: 4, .alpine),
    Row("node", (72, 215), tag: "slim", files: 9000, layers: 5, .debian),
    Row("node", (380, 1100), files: 40_000, layers: 8, .debian),
    Row("golang", (75, 230), tag: "alpine", files: 13_500, layers: 5, .alpine),
    Row("golang", (290, 830), files: 30_000, layers: 7, .debian),
    Row("ubi8/go-toolset", (330, 1000), files: 30_000, layers: 4),
    Row("ubi9/go-toolset", (330, 1000), files: 30_000, layers: 4),
    Row("python", (18, 52), tag: "alpine", files: 3500, layers: 5, .alpine),
    Row("python", (44, 125), tag: "slim", files: 6500, layers: 5, .debian),
    Row("python", (365, 1020), files: 37_000, layers: 8, .debian),
    Row("maven", (240, 510), files: 9000, layers: 9, .ubuntu),
    // GoogleCloudPlatform/cloud-builders issue 717: amd64 only, read 2026-11-23.
    Row("cloud-builders/mvn", (330, 800), files: 15_000, layers: 9, .ubuntu, only: .amd64),
    Row("eclipse-temurin", (190, 420), files: 4500, layers: 5, .ubuntu),
    Row("openjdk", (230, 490), files: 6000, layers: 3, .debian),
    Row("rust", (530, 1500), files: 25_000, layers: 6, .debian),
    Row("gcc", (490, 1350), files: 30_000, layers: 9, .debian),
    Row("nginx", (70, 190), files: 4000, layers: 7, .debian),
    // Tools that steps run in.
    Row("rhel8/buildah", (190, 530), files: 17_000, layers: 2),
    Row("rhel9/buildah", (190, 530), files: 17_000, layers: 2),
    Row("buildah/stable", (220, 600), files: 17_000, layers: 6, .fedora),
    Row("containers/buildah", (220, 600), files: 17_000, layers: 6, .fedora),
    Row("podman/stable", (230, 630), files: 17_000, layers: 7, .fedora),
    Row("skopeo/stable", (120, 330), files: 10_000, layers: 6, .fedora),
    Row("rhel8/skopeo", (120, 330), files: 11_000, layers: 2),
    Row("pipeline/git-init", (40, 110), files: 3000, layers: 6, .alpine),
    Row("pipeline/cmd/git-init", (40, 110), files: 3000, layers: 6, .alpine),
    Row("pipelines-git-init-rhel8", (120, 330), files: 11_000, layers: 3),
    Row("openshift-pipelines/pipelines-git-init-rhel8", (120, 330), files: 11_000, layers: 3),
    Row("alpine/git", (25, 75), files: 1800, layers: 3, .alpine),
    Row("amazon/aws-cli", (150, 420), files: 12_000, layers: 5, .other),
  ]
}

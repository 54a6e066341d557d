import GantryModel

// Small files on block volumes, and what the AWS command line does with S3.

extension Figure {
  static let blockFileOperations = guess(
    "block.perFile", 0.5, "operations/file",
    "operations of an EBS volume for one small file, after the block layer has merged neighbours "
      + "(0.1 to 2)")
  static let awsStart = estimate(
    "aws.start.cpu", 0.8, "s", "aws: interpreter start, credentials and endpoint (0.4 to 1.5)",
    source: Source.tools)
  static let awsPerGiB = estimate(
    "aws.s3.cpuPerGiB", 9, "s/GiB", "aws s3: TLS and checksums of what is moved (5 to 20)",
    source: Source.tools)
  static let s3Part = estimate(
    "aws.s3.part", 8_388_608, "bytes",
    "aws s3: size of a part, and size from which an object has parts",
    source: "AWS CLI command reference, S3 configuration: multipart_chunksize and "
      + "multipart_threshold, read 2026-11")
  static let s3Concurrency = estimate(
    "aws.s3.concurrency", 10, "requests", "aws s3: requests under way at once",
    source: "AWS CLI command reference, S3 configuration: max_concurrent_requests, read 2026-11")

  static let storageAll: [Figure] = [
    blockFileOperations, awsStart, awsPerGiB, s3Part, s3Concurrency,
  ]
}

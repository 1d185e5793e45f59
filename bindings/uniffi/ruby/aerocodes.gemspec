# frozen_string_literal: true

require_relative 'lib/aerocodes/version'

Gem::Specification.new do |s|
  s.name = 'aerocodes'
  s.version = Aerocodes::VERSION
  s.summary = "Every Aerospike status code, in every client's numbering"
  s.description = 'What an Aerospike status code means in each client and release, whether to retry, whether the write happened.'
  s.authors = ['The aerocodes authors']
  s.homepage = 'https://github.com/aerocodes/aerocodes'
  s.licenses = ['Apache-2.0', 'MIT']
  s.required_ruby_version = '>= 3.0'
  s.metadata = {
    'source_code_uri' => s.homepage,
    'changelog_uri' => "#{s.homepage}/blob/main/CHANGELOG.md",
    'bug_tracker_uri' => "#{s.homepage}/issues",
    'rubygems_mfa_required' => 'true'
  }
  # The gem carries a library for one platform, which whoever builds it names.
  s.platform = ENV.fetch('AEROCODES_PLATFORM', Gem::Platform.local.to_s)
  s.files = Dir['lib/**/*', 'README.md', 'LICENSE-*']
  # Only for what the native library does: the hot lookup is plain Ruby.
  s.add_runtime_dependency 'ffi', '~> 1.15'
end

# frozen_string_literal: true

module Aerocodes
  VERSION = '0.1.0'
end

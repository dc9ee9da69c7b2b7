// This file needs no code: Package.swift describes the purpose of this target.

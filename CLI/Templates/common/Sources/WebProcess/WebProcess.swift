// Nothing is needed here: Package.swift says what this target is for.

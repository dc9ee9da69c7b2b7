// Re-exports the modules below, so that `import Martlet` is all that an app needs. Their `public`
// declarations are part of Martlet's API. Their `package` declarations are implementation.

@_exported public import MartletIPC
@_exported public import MartletClone
@_exported public import MartletWebHost

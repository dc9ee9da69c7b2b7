// What an app sees of the modules below, so that `import Martlet` is all it needs: the modules' `public`
// declarations are Martlet's API, their `package` ones are how it is built.

@_exported public import MartletIPC
@_exported public import MartletClone
@_exported public import MartletWebHost

// A web server whose certificate nobody has signed but itself. It says its port, and ends when it is killed.

import { createServer } from 'node:https'

// For this alone: the key is no secret.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmDx6LfkVNHqehy/5
di7nXRkgbsD7anrGMRDSzKmz7GChRANCAASX6yo/UyyXS5zzhzPekeeJBo0iKM2m
JZ89g7heRYE0c8dsOhsNX/dfjwTw30IC1lUZAzZMD4wXC4Mz2Thd8Hnm
-----END PRIVATE KEY-----`
const cert = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUNSRb1iqn/Hhe9kvlaUptmyqRxTAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE2MDk1NFoYDzIxMjYxMDMx
MTYwOTU0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASX6yo/UyyXS5zzhzPekeeJBo0iKM2mJZ89g7heRYE0c8dsOhsNX/df
jwTw30IC1lUZAzZMD4wXC4Mz2Thd8Hnmo1MwUTAdBgNVHQ4EFgQUpkzxQso/vKYw
9YCEd2zEeCIY13cwHwYDVR0jBBgwFoAUpkzxQso/vKYw9YCEd2zEeCIY13cwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAmCefu6OMKhczIgFVB0cn
6X/nU0OZvyViJfCJw/CzJrgCIQDzweuFPFl7LMusQBouCZ3IUBblTeOskuCg5Rnt
zGakCw==
-----END CERTIFICATE-----`

const server = createServer({ key, cert }, (_request, response) => response.end('<title>Untrusted</title>'))
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}.`))

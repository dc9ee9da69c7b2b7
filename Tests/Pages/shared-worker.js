onconnect = ({ ports: [port] }) => port.postMessage('connected')

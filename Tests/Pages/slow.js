for (const end = Date.now() + 3000; Date.now() < end;) {}

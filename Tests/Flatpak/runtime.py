#!/usr/bin/python3
"""Makes a Flatpak runtime of the Debian packages that are installed on this machine: `runtime.py KIND FOLDER`.

KIND is `platform`, or `sdk` to compile in. FOLDER gets `files`, `metadata` and `packages`, as `flatpak build-export
--runtime` takes them. It must be on the file system of /usr: the files are hard links, and nothing writes through them.
"""

import fnmatch
import os
import re
import shutil
import stat
import subprocess
import sys

NAME = 'dev.martlet.local'
BRANCH = 'bookworm'

PLATFORM = '''
libwebkitgtk-6.0-4 libgtk-4-1 bash coreutils sed grep findutils libc-bin libegl1 libgles2 libgl1 libegl-mesa0
libgl1-mesa-dri fontconfig fonts-dejavu-core adwaita-icon-theme hicolor-icon-theme librsvg2-common ca-certificates
xkb-data tzdata libglib2.0-bin gstreamer1.0-plugins-base'''
# The last two lines: what a Swift toolchain links with and needs to run.
SDK = PLATFORM + '''
libwebkitgtk-6.0-dev libgtk-4-dev pkgconf meson ninja-build mawk diffutils tar gzip
gcc libc6-dev libstdc++-12-dev binutils libncurses6 libcurl4 libxml2 libsqlite3-0'''

# Of use to a whole machine only. A package that nothing but these needs stays out too.
UNWANTED = set('''
systemd systemd-sysv libsystemd-shared dbus dbus-daemon dbus-user-session dbus-session-bus-common
dbus-system-bus-common dbus-bin libpam-systemd libpam-runtime libpam-modules libpam-modules-bin libpam0g passwd adduser
dpkg perl perl-base debconf init-system-helpers mount dmsetup procps emacsen-common dictionaries-common dconf-service
dconf-gsettings-backend iso-codes debianutils sensible-utils openssl hunspell-en-us dpkg-dev ucf media-types pkexec
glib-networking-services gstreamer1.0-plugins-good'''.split())

# Patterns of files that no program needs to run.
DROPPED = '''
/usr/share/doc/* /usr/share/man/* /usr/share/info/* /usr/share/lintian/* /usr/share/bug/* /usr/share/gtk-doc/*
/usr/share/locale/* /usr/share/i18n/* /usr/share/applications/* /usr/share/metainfo/* /usr/share/bash-completion/*
/usr/share/perl* /usr/lib/systemd/* /lib/systemd/* /lib/udev/* /etc/init.d/* /etc/cron* /etc/pam.d/* /etc/systemd/*
/etc/dpkg/* /etc/apt/* /usr/lib/*/dri/* *.pyc'''.split()
DROPPED_OF_PLATFORM = '/usr/include/* */pkgconfig/* *.a *.gir'.split()
# WebKit needs a GL driver even where there is no GPU; the hardware's drivers are of no use in a test.
KEPT = ['/usr/lib/*/dri/swrast_dri.so', '/usr/lib/*/dri/kms_swrast_dri.so']

# What triggers and maintainer scripts have made: in no package's list.
GENERATED = '''
LIB/gdk-pixbuf-2.0/2.10.0/loaders.cache LIB/gio/modules/giomodule.cache
LIB/gtk-4.0/4.0.0/printbackends/giomodule.cache LIB/gconv/gconv-modules.cache
/usr/share/glib-2.0/schemas/gschemas.compiled /usr/share/icons/Adwaita/icon-theme.cache
/usr/share/icons/hicolor/icon-theme.cache'''.split()
GENERATED_FOLDERS = ['/usr/share/mime', '/etc/ssl/certs', '/etc/fonts']

# Fonts of the app, and of the machine where flatpak shows them.
FONTS = '''<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/app/share/fonts</dir>
  <dir>/run/host/fonts</dir>
</fontconfig>
'''


def installed_packages():
    """The dpkg database: name → fields, and name → the packages that provide it."""
    packages, providers = {}, {}
    with open('/var/lib/dpkg/status', encoding='utf8') as status:
        for stanza in status.read().split('\n\n'):
            fields = dict(re.findall(r'^([\w-]+): (.*)$', stanza, re.M))
            if fields.get('Status', '').endswith(' installed'):
                packages[fields['Package']] = fields
                for provided in fields.get('Provides', '').split(','):
                    providers.setdefault(bare(provided), []).append(fields['Package'])
    return packages, providers


def bare(dependency):
    """`libc6:amd64 (>= 2.36)` → `libc6`."""
    return re.split(r'[ :(]', dependency.strip())[0]


def closure(wanted):
    packages, providers = installed_packages()
    found, todo = {}, wanted.split()
    while todo:
        name = todo.pop()
        if name in found or name in UNWANTED:
            continue
        if name not in packages:
            sys.exit(f'runtime.py: not installed: {name}')
        found[name] = packages[name]['Version']
        for field in ('Depends', 'Pre-Depends'):
            for alternatives in packages[name].get(field, '').split(','):
                names = [bare(one) for one in alternatives.split('|')]
                present = [one for one in names if one in packages]
                todo += present[:1] or [p for one in names for p in providers.get(one, [])[:1] if one]
    return found


class Stage:
    def __init__(self, kind, folder):
        self.files = folder + '/files'
        self.dropped = DROPPED + (DROPPED_OF_PLATFORM if kind == 'platform' else [])

    def place(self, path):
        """Where a file of the machine is in the runtime, whose `files` is /usr; None when it is not."""
        if path.startswith('/usr/'):
            return self.files + path[4:]
        if re.match('/(etc|lib|lib64|bin|sbin)/', path):
            return self.files + path
        return None

    def put(self, path):
        place = self.place(path)
        fits = lambda patterns: any(fnmatch.fnmatch(path, pattern) for pattern in patterns)
        if not place or os.path.lexists(place) or not os.path.lexists(path):
            return
        if fits(self.dropped) and not fits(KEPT):
            return
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            target = os.readlink(path)
            if target.startswith('/etc/alternatives/'):
                target = os.path.realpath(path)
            elif path.startswith('/etc/') and target.startswith('..'):
                target = os.path.normpath(os.path.join(os.path.dirname(path), target))
            self.link(target, place)
        elif stat.S_ISREG(mode):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            try:
                os.link(path, place)
            except OSError:
                shutil.copy2(path, place)

    def link(self, target, place):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if not os.path.lexists(place):
            os.symlink(target, place)

    def put_package(self, name):
        for listing in (f'{name}:{architecture()}', name):
            listing = f'/var/lib/dpkg/info/{listing}.list'
            if os.path.exists(listing):
                with open(listing, encoding='utf8') as paths:
                    for path in paths:
                        self.put(path.rstrip('\n'))
                return

    def put_folder(self, top):
        for folder, folders, files in os.walk(top):
            for name in files + folders:
                self.put(f'{folder}/{name}')

    def write(self, path, text):
        place = f'{self.files}/{path}'
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, 'x', encoding='utf8') as file:  # 'x': never through a link
            file.write(text)


def architecture():
    return subprocess.check_output(['dpkg', '--print-architecture'], text=True).strip()


def missing_libraries(files):
    """Libraries that a program of the runtime needs and that are not in it."""
    present, needed = set(), {}
    for folder, _, names in os.walk(files):
        present.update(names)
        for name in names:
            path = f'{folder}/{name}'
            if os.path.islink(path) or name.endswith(('.a', '.o', '.h', '.py')):
                continue
            with open(path, 'rb') as file:
                if file.read(4) != b'\x7fELF':
                    continue
            dynamic = subprocess.run(['objdump', '-p', path], capture_output=True, text=True, check=False).stdout
            for library in re.findall(r'NEEDED +(\S+)', dynamic):
                needed.setdefault(library, path[len(files):])
    return {library: user for library, user in needed.items() if library not in present}


def main(kind, folder):
    packages = closure({'platform': PLATFORM, 'sdk': SDK}[kind])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    stage = Stage(kind, folder)
    for name in sorted(packages):
        stage.put_package(name)
    library = subprocess.check_output(['gcc', '-print-multiarch'], text=True).strip()
    for path in GENERATED:
        stage.put(path.replace('LIB', '/usr/lib/' + library))
    for path in GENERATED_FOLDERS:
        stage.put_folder(path)
    stage.link('bash', stage.files + '/bin/sh')
    stage.link('../sbin/ldconfig', stage.files + '/bin/ldconfig')  # flatpak looks in /usr/bin alone
    if kind == 'sdk':
        for target, name in (('gcc', 'cc'), ('mawk', 'awk'), ('pkgconf', 'pkg-config')):
            stage.link(target, f'{stage.files}/bin/{name}')
    add_flatpak_spawn(stage, folder)
    stage.write('etc/fonts/conf.d/50-flatpak.conf', FONTS)
    with open(folder + '/packages', 'w', encoding='utf8') as file:
        file.writelines(f'{name} {version}\n' for name, version in sorted(packages.items()))
    arch = subprocess.check_output(['flatpak', '--default-arch'], text=True).strip()
    with open(folder + '/metadata', 'w', encoding='utf8') as file:
        file.write(f'''[Runtime]
name={NAME}.{kind.capitalize()}
runtime={NAME}.Platform/{arch}/{BRANCH}
sdk={NAME}.Sdk/{arch}/{BRANCH}

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
GST_PLUGIN_SYSTEM_PATH=/app/lib/gstreamer-1.0:/usr/lib/{library}/gstreamer-1.0
''')
    missing = missing_libraries(stage.files)
    for name, user in sorted(missing.items()):
        print(f'  {name} is missing, which {user} needs')
    print(f'{kind}: {len(packages)} packages')


def add_flatpak_spawn(stage, folder):
    """By which WebKit starts its web process in a sandbox of its own. Not installed: a machine has no use for it."""
    download = os.path.dirname(os.path.abspath(folder))
    debs = [name for name in os.listdir(download) if name.startswith('flatpak-xdg-utils_')]
    if not debs:
        subprocess.run(['apt-get', 'download', '-q', 'flatpak-xdg-utils'], cwd=download, check=True)
        debs = [name for name in os.listdir(download) if name.startswith('flatpak-xdg-utils_')]
    subprocess.run(['dpkg-deb', '-x', f'{download}/{debs[0]}', folder + '/spawn'], check=True)
    shutil.copytree(folder + '/spawn/usr/libexec/flatpak-xdg-utils', stage.files + '/libexec/flatpak-xdg-utils')
    shutil.rmtree(folder + '/spawn')
    for name in ('flatpak-spawn', 'xdg-open', 'xdg-email'):
        place = f'{stage.files}/bin/{name}'
        if os.path.lexists(place):
            os.unlink(place)
        os.symlink(f'../libexec/flatpak-xdg-utils/{name}', place)


main(*sys.argv[1:])

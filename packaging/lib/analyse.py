#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy and clazy over every source of a build folder, and remembers which of them were clean.

A file is read again only when it, a header of ours that it includes (directly or not), its command line, the checks or
the tools have changed.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
CLAZY = 'level1'
# clang-tidy is the slower one: what is shipped. The sanitizers watch over the tests.
FOLDERS = {'clang-tidy': ('app', 'ui'), 'clazy-standalone': ('app', 'ui', 'tests')}


class Closure:
    """The text of a file and of every header of ours that it leads to."""

    def __init__(self, top):
        self.top, self.direct = top, {}

    def includes(self, path):
        if path not in self.direct:
            text = path.read_bytes()
            found = []
            for name in INCLUDE.findall(text):
                for base in (path.parent, self.top / 'app', self.top, self.top / 'tests'):
                    target = base / name.decode(errors='replace')
                    if target.is_file():
                        found.append(target.resolve())
                        break
            self.direct[path] = (hashlib.sha256(text).digest(), found)
        return self.direct[path]

    def digest(self, path):
        seen, waiting = {}, [path]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                digest, found = self.includes(current)
                seen[current] = digest
                waiting.extend(found)
        return b''.join(seen[p] for p in sorted(seen))


def tool_versions(tools):
    lines = [subprocess.run([tool, '--version'], capture_output=True, text=True, check=False).stdout for tool in tools]
    return '\n'.join(lines) + os.environ.get('KDRA_IN_ROOT', '') + CLAZY


def commands(tool, build, source):
    if tool == 'clang-tidy':
        return ['clang-tidy', '--quiet', '-p', str(build), str(source)]
    return ['clazy-standalone', '-p', str(build), f'--checks={CLAZY}', '--header-filter=.*/(app|ui|tests)/.*',
            '--ignore-dirs=/usr/', str(source)]


def analyse(tool, build, source):
    """Nothing if the file is clean, else what the tool said."""
    answer = subprocess.run(commands(tool, build, source), capture_output=True, text=True, check=False)
    said = answer.stdout + answer.stderr
    findings = [line for line in said.splitlines() if re.search(r'(warning|error): ', line)]
    if answer.returncode == 0 and not findings:
        return ''
    if findings:
        said = '\n'.join(line for line in said.splitlines() if not re.match(r'\d+ (warnings?|errors?)|Suppressed|Use -', line))
    return said.strip() or f'{tool} ended with status {answer.returncode}'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--cache', type=pathlib.Path, required=True)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('paths', nargs='*', help='only sources under these')
    arguments = parser.parse_args()
    top = pathlib.Path(__file__).resolve().parent.parent.parent
    build = arguments.build.resolve()
    arguments.cache.mkdir(parents=True, exist_ok=True)

    tools = [tool for tool in ('clang-tidy', 'clazy-standalone') if shutil.which(tool)]
    versions = tool_versions(tools)
    checks = (top / '.clang-tidy').read_text(encoding='utf-8')
    closure = Closure(top)
    wanted = [pathlib.Path(path).resolve() for path in arguments.paths]
    work = []
    for entry in json.loads((build / 'compile_commands.json').read_text(encoding='utf-8')):
        source = pathlib.Path(entry['file']).resolve()
        if not source.is_file() or build in source.parents:
            continue
        if wanted and not any(path == source or path in source.parents for path in wanted):
            continue
        # Not where the checkout is: what was clean in one clone is clean in all.
        command = (entry.get('command') or shlex.join(entry['arguments'])).replace(str(top), '')
        for tool in tools:
            if not any(top / folder in source.parents for folder in FOLDERS[tool]):
                continue
            key = hashlib.sha256('\0'.join((tool, versions, checks, command)).encode() + closure.digest(source)).hexdigest()
            if not (arguments.cache / key).exists():
                work.append((tool, source, arguments.cache / key))

    failed = set()
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(analyse, tool, build, source): (tool, source, mark) for tool, source, mark in work}
        for future in concurrent.futures.as_completed(running):
            tool, source, mark = running[future]
            said = future.result()
            if said:
                failed.add(source)
                print(f'-- {tool}: {source.relative_to(top)}\n{said}', flush=True)
            else:
                mark.touch()
    print(f'{len(work)} analyses, {len(failed)} files with findings')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

/** What `ps` shows of a guardian, and `/proc/<pid>/comm`, which keeps 15 characters. */
export const guardianName = 'pertybot-guard';

/**
 * The guardian, in Perl: every Debian has it, and it needs a tenth of Node's memory. It is text in
 * a module so that no packaging can lose it. It uses nothing but perl itself: perl-base has no
 * `Time::HiRes`, so that its clock is `/proc/uptime` and its alarm is select(2).
 *
 * Arguments: the seconds of silence that it bears, its `oom_score_adj` or nothing, where it leaves its note or
 * nothing, `notes:3` where a second pipe is at that file descriptor, then for each line its name, its safe level and where it is, a file descriptor or the path of a
 * value file: `GPIO17:0:3`, `GPIO17:1:/sys/class/gpio/gpio586/value`.
 *
 * It reads lines of text, in which N is the place of an output among its arguments:
 *
 * | line | meaning | answer |
 * |---|---|---|
 * | `b AT` | the bot lives | `b` |
 * | `B AT` | the bot lives, and nothing is on | |
 * | `o N TIME MOST AT` | N is switched on; it is off in TIME seconds, and in MOST from its switching on | |
 * | `f N AT` | N is off | |
 * | `x N` | N is given back | `x N` |
 * | `q` | no output needs it any more: it leaves, and touches nothing | |
 *
 * AT is the second at which it was written, by the bot's clock. What comes by the second pipe wakes nobody: it is read
 * before all else whenever the guardian wakes, within a quarter of a second of an output's going on.
 *
 * The end of the text, silence, or SIGUSR2 makes it set every safe level, a deadline that passed the one
 * of its output, which it tells by `l N` and holds until the bot says that it is off. What fails is tried
 * again after 50 ms to 5 s, without end; only then does it leave. Whoever sends SIGUSR2 sees by the number
 * in its title that all is off: `pertybot-guard off 3`. At the end of the text it leaves a note of what it has
 * seen, which core's `readTakeoverNotes` reads. `use strict` would cost half a megabyte of memory.
 */
export const guardianScript = `
$0 = '${guardianName}';
$SIG{$_} = 'IGNORE' for qw(TERM INT HUP QUIT PIPE ALRM USR1);
$SIG{USR2} = sub { $asked = 1; make_safe($_) for @lines };

open($uptime, '<', '/proc/uptime');
sub now {
  return time unless $uptime && sysseek($uptime, 0, 0) && sysread($uptime, my $text, 32);
  return $text + 0;
}

$silence = shift @ARGV;
$score = shift @ARGV;
$note = shift @ARGV;
if (length $score && open(my $file, '>', '/proc/self/oom_score_adj')) { syswrite($file, $score) }
for (@ARGV) {
  if (/^notes:(\\d+)$/) { open($notes, "<&=$1") or die "notes: $!"; next }
  my ($name, $level, $where) = split /:/, $_, 3;
  my $fd;
  if ($where =~ /^\\d+$/) { open($fd, "<&=$where") or die "$where: $!" }
  push @lines, { n => scalar @lines, name => $name, level => $level, where => $where, fd => $fd };
}

sub set_level {
  my $line = shift;
  return 1 if $line->{gone};
  if ($line->{fd}) {
    my $values = pack('V4', $line->{level}, 0, 1, 0);
    return ioctl($line->{fd}, 0xC010B40F, $values); # GPIO_V2_LINE_SET_VALUES_IOCTL
  }
  # Its value is upside down, or that of an input, when another program says so.
  if ($line->{where} =~ m{^(.*/)value$} && sysopen(my $direction, "$1direction", 1)) {
    return syswrite($direction, $line->{level} ? 'high' : 'low');
  }
  open(my $file, '+<', $line->{where}) or return $! == 2 && take_back($line);
  my $written = syswrite($file, $line->{level});
  close($file);
  return $written;
}

# A file that is not there was given back, or somebody has unexported what is on.
sub take_back {
  my $line = shift;
  return 1 unless defined $line->{most};
  $line->{where} =~ m{^(.*)/(gpio|pwm)(\\d+)/} or return 1;
  my ($chip, $kind, $n) = ($1, $2, $3);
  # No such line or channel any more, or somebody else has it.
  my %over = map { $_ => 1 } 2, 16, 19, 22;
  sysopen(my $export, "$chip/export", 1) or return $over{0 + $!};
  syswrite($export, $n) or return $over{0 + $!};
  my ($where, $off) = $kind eq 'pwm' ? ($line->{where}, $line->{level})
    : ("$chip/gpio$n/direction", $line->{level} ? 'high' : 'low');
  sysopen(my $file, $where, 1) or return 0;
  return syswrite($file, $off);
}

sub is_safe {
  my $line = shift;
  return 1 if $line->{gone};
  if ($line->{fd}) {
    my $values = pack('V4', 0, 0, 1, 0);
    ioctl($line->{fd}, 0xC010B40E, $values) or return 0; # GPIO_V2_LINE_GET_VALUES_IOCTL
    return (unpack('V4', $values))[0] % 2 == $line->{level};
  }
  open(my $file, '<', $line->{where}) or return $! == 2;
  return unless sysread($file, my $text, 16);
  return ($text != 0) == $line->{level};
}

sub leave_note {
  return unless length $note && defined $began;
  my $boot = '';
  if (open(my $file, '<', '/proc/sys/kernel/random/boot_id')) { chomp($boot = <$file>) }
  my $text = "takeover $boot $began " . now() . "\n";
  for (@lines) {
    $text .= "$_->{name} " . ($_->{safe} ? 'safe' : 'unsafe') . ' ';
    $text .= (defined $_->{last} ? $_->{last} : '-') . "\n";
  }
  umask 077;
  open(my $file, '>', $note . $$) or return;
  syswrite($file, $text . "end\n");
}

sub make_safe {
  my $line = shift;
  delete $line->{again};
  if (set_level($line)) {
    delete $line->{pause};
    # What the bot does not end is held.
    $line->{again} = now() + 0.1 if $line->{late};
  } else {
    $line->{pause} = $line->{pause} ? $line->{pause} * 2 : 0.05;
    $line->{pause} = 5 if $line->{pause} > 5;
    $line->{again} = now() + $line->{pause};
  }
}

# By the bot's clock, which began at another time.
sub when {
  my ($at, $now) = (shift, now());
  return $now unless defined $at && defined $offset && $at + $offset < $now;
  return $at + $offset;
}

sub read_notes {
  # 0x40 is MSG_DONTWAIT: what is not there is not waited for.
  my $text;
  while ($notes && defined recv($notes, $text, 65536, 0x40) && length $text) {
    $noted .= $text;
    heed($1) while $noted =~ s/^(.*)\\n//;
  }
}

sub heed {
  my ($word, $n, @times) = split / /, shift;
  if (lc $word eq 'b') {
    $offset = now() - $n if defined $n;
    syswrite(STDOUT, "b\\n") if $word eq 'b';
    return;
  }
  exit 0 if $word eq 'q';
  my $line = $lines[$n] or return;
  $began = now() unless defined $began;
  delete @$line{qw(again pause late end)};
  if ($word eq 'o') {
    my ($time, $most, $at) = @times;
    $line->{last} = when($at);
    $line->{most} = $line->{last} + $most unless defined $line->{most};
    $line->{end} = $line->{last} + $time;
    $line->{end} = $line->{most} if $line->{end} > $line->{most};
  } else {
    delete $line->{most};
  }
  if ($word eq 'x') {
    close($line->{fd}) if $line->{fd};
    $line->{gone} = 1;
    syswrite(STDOUT, "x $n\\n");
  }
}

syswrite(STDOUT, "ready\\n");
$beat = now();
for (;;) {
  my $now = now();
  my $failing = grep { $_->{pause} } @lines;
  if ($asked && !$failing) { $asked = 0; $0 = '${guardianName} off ' . ++$answers }
  if ($ended) { exit 0 unless $failing }

  # A signal that comes just before the wait is heard after it: it must not be long.
  my $wait = (grep { defined $_->{most} || defined $_->{again} } @lines) ? 0.25 : 1.5;
  # Nothing on is nothing to be late with, but what stands still may have just switched something on.
  $wait = $beat + $silence - $now if !$ended && !$stalled && $beat + $silence - $now < $wait;
  for (@lines) {
    for my $at ($_->{again}, $_->{end}) {
      $wait = $at - $now if defined $at && $at - $now < $wait;
    }
  }
  my $ready = '';
  vec($ready, 0, 1) = 1 unless $ended;
  my $found = select($ready, undef, undef, $wait > 0.01 ? $wait : 0.01);
  read_notes();
  if ($found > 0) {
    my $length = sysread(STDIN, $input, 4096, length $input);
    if (defined $length && !$length) {
      $ended = 1;
      for (@lines) { delete @$_{qw(end late)}; $_->{safe} = is_safe($_); make_safe($_) }
      leave_note();
    } elsif ($length) {
      $beat = now();
      $stalled = 0;
      heed($1) while $input =~ s/^(.*)\\n//;
    }
  }

  $now = now();
  if (!$ended && !$stalled && $now - $beat >= $silence) {
    $stalled = 1;
    make_safe($_) for @lines;
  }
  for (@lines) {
    if (defined $_->{end} && $_->{end} <= $now) {
      delete $_->{end};
      $_->{late} = 1;
      make_safe($_);
      syswrite(STDOUT, "l $_->{n}\\n");
    } elsif (defined $_->{again} && $_->{again} <= $now) {
      make_safe($_);
    }
  }
}
`;

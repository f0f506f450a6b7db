/** What `ps` shows of a guardian, and `/proc/<pid>/comm`, which keeps 15 characters. */
export const guardianName = 'pertybot-guard';

/** What the guardian says when it watches. */
export const guardianReady = 'ready\n';

/** What the bot says when the outputs need no guardian any more. */
export const guardianGoodbye = 'q';

/**
 * The guardian, in Perl: every Debian has it, and it needs a tenth of Node's memory. It is text in
 * a module so that no packaging can lose it.
 *
 * Arguments: the seconds of silence that it bears, then for each line its safe level and where it
 * is, a file descriptor or the path of a value file: `0:3`, `1:/sys/class/gpio/gpio586/value`.
 * Each byte that it reads is a heartbeat. The end of the bytes, silence, or SIGUSR2 makes it set
 * every safe level; after the end it leaves. `use strict` would cost half a megabyte of memory.
 */
export const guardianScript = `
$0 = '${guardianName}';
$SIG{$_} = 'IGNORE' for qw(TERM INT HUP QUIT PIPE);
$SIG{USR2} = \\&make_safe;

my $silence = shift @ARGV;
my @lines;
for (@ARGV) {
  my ($level, $where) = split /:/, $_, 2;
  my $line;
  if ($where =~ /^\\d+$/) { open($line, "<&=$where") or die "$where: $!" }
  push @lines, [$level, $line, $where];
}

sub make_safe {
  for (@lines) {
    my ($level, $line, $where) = @$_;
    if ($line) {
      my $values = pack('V4', $level, 0, 1, 0);
      ioctl($line, 0xC010B40F, $values); # GPIO_V2_LINE_SET_VALUES_IOCTL
    } elsif (open(my $file, '+<', $where)) {
      syswrite($file, $level);
      close($file);
    }
  }
}

syswrite(STDOUT, "${guardianReady.trim()}\\n");
my $stalled = 0;
for (;;) {
  my $ready = '';
  vec($ready, 0, 1) = 1;
  my $found = select($ready, undef, undef, $stalled ? undef : $silence);
  if ($found == 0) { make_safe(); $stalled = 1; next }
  next if $found < 0; # a signal came
  my $length = sysread(STDIN, my $beats, 4096);
  next if !defined $length;
  if ($length == 0) { make_safe(); exit 0 }
  exit 0 if index($beats, '${guardianGoodbye}') >= 0;
  $stalled = 0;
}
`;

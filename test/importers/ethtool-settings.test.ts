import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('ethtool-settings', 'several.txt');
checkImport('ethtool-settings', 'driver.txt');
checkNotMine('ethtool-settings', {
  'statistics of the card': 'NIC statistics:\n     rx_packets: 12\n     tx_packets: 13\n',
  'another list of a driver': 'driver: x\nversion: 1\nname: y\n',
});
